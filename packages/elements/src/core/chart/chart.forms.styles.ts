import { type CSSResult, css } from "lit";

/** Styles of what forms of `<b24-chart>` have in common: tooltip, tiles of the menu, records. A form that draws itself brings its own. */
export const formsStyles: CSSResult = css`
  .tip-box {
    z-index: 15 !important;
    pointer-events: none;
  }
  .tip {
    display: grid;
    gap: 4px;
    min-inline-size: 120px;
    max-inline-size: min(340px, 84cqi);
    padding: 10px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-button);
    background: var(--_surface);
    box-shadow: 0 6px 20px rgb(0 0 0 / 12%);
    color: var(--_text);
    font: 400 13px / 18px var(--_font);
    white-space: normal;
  }
  .tip-title {
    color: var(--_text-secondary);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .tip-line {
    display: flex;
    align-items: baseline;
    gap: 8px;
  }
  .tip-mark {
    flex: none;
    align-self: center;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 2px;
  }
  .tip-name {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .tip-value {
    margin-inline-start: auto;
    font-weight: 500;
    white-space: nowrap;
  }
  .frame.opens .plot {
    cursor: default;
  }
  .popup.forms {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 2px;
    inline-size: 320px;
    max-block-size: 420px;
  }
  .form-item {
    white-space: normal;
    line-height: 18px;
  }
  .form-item svg.icon {
    color: var(--_text-secondary);
  }
  .form-item[aria-current] {
    background: var(--_surface-selected);
    color: var(--_info-text);
  }
  .form-item[aria-current] svg.icon {
    color: inherit;
  }
  .popup hr {
    margin: 6px 0;
    border: 0;
    border-block-start: 1px solid var(--_divider);
  }
  .own.table {
    margin-inline: -16px;
    margin-block-end: -16px;
  }
  .rows::part(card) {
    border: 0;
    border-radius: 0;
  }
  .rows-dialog {
    inline-size: min(1100px, 94vw);
    max-block-size: 90dvh;
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: 16px;
    background: var(--_surface);
    color: inherit;
    overflow: hidden;
  }
  .rows-dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }
  .rows-body {
    position: relative;
    padding-block-start: 44px;
  }
  .rows-body b24-table::part(card) {
    border: 0;
    border-radius: 0;
  }
  .rows-close {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-end: 8px;
  }
`;
