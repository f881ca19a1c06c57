import { type CSSResult, css } from "lit";

export const subscriptionsStyles: CSSResult = css`
  .events {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .secret {
    background: var(--_success-soft);
    color: var(--_success-text);
  }
  .secret code {
    background: var(--_surface);
    color: var(--_text);
  }
  .row.off h3 {
    color: var(--_text-secondary);
  }
  summary {
    color: var(--_text-secondary);
    font-size: 13px;
    cursor: pointer;
  }
  .log {
    display: grid;
    gap: 8px;
    padding-block-start: 8px;
  }
  .log > li {
    display: grid;
    gap: 4px;
    padding: 8px 12px;
    border-radius: var(--_radius-button);
    background: var(--_surface-sunken);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  @media (pointer: coarse) {
    summary {
      padding-block: 10px;
    }
  }
`;
