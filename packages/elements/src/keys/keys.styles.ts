import { type CSSResult, css } from "lit";

export const keysStyles: CSSResult = css`
  .rights {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .secret {
    display: grid;
    gap: 8px;
    padding: 12px 16px;
    border-block-start: 1px solid var(--_divider);
    background: var(--_success-soft);
    color: var(--_success-text);
  }
  .secret code {
    display: block;
    padding: 8px 12px;
    border-radius: var(--_radius-input);
    background: var(--_surface);
    color: var(--_text);
    font: 13px / 1.5 var(--_font-mono);
    overflow-wrap: anywhere;
    user-select: all;
  }
  select.field {
    max-inline-size: 240px;
  }
  summary {
    padding: 12px 16px;
    border-block-start: 1px solid var(--_divider);
    color: var(--_text-secondary);
    cursor: pointer;
  }
  .row.ended h3 {
    color: var(--_text-secondary);
  }
  @container b24-panel (min-width: 640px) {
    .secret,
    summary {
      padding-inline: 24px;
    }
  }
`;
