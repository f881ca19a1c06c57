import { type CSSResult, css } from "lit";

/** Styles of the dialog that makes links. */
export const shareStyles: CSSResult = css`
  .dialog {
    inline-size: min(520px, 94vw);
    max-block-size: 90dvh;
    padding: 20px 24px 24px;
    border: 1px solid var(--_border);
    border-radius: 16px;
    background: var(--_surface);
    color: inherit;
  }
  .dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }
  .dialog form {
    display: grid;
    gap: 14px;
  }
  .dialog-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-inline-end: -8px;
  }
  .segments {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .segment {
    position: relative;
    cursor: pointer;
  }
  .segment input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .segment span {
    display: block;
    padding: 5px 14px;
    border: 1px solid var(--_border);
    border-radius: 16px;
  }
  .segment input:checked + span {
    border-color: var(--_primary);
    background: var(--_surface-selected);
    color: var(--_info-text);
  }
  .segment input:focus-visible + span {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }
  .links .facts {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .links p {
    margin: 0;
  }
  .last-use {
    color: var(--_text-secondary);
    font-size: 0.923em;
  }
  .links li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    border-block-start: 1px solid var(--_divider);
  }
`;
