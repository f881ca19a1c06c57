import { type CSSResult, css } from "lit";

export const healthStyles: CSSResult = css`
  p {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    color: var(--_text-secondary);
    font-size: 13px;
  }
  .facts > * + *::before {
    content: "· ";
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 0;
    padding: 0;
    flex-direction: row;
    color: var(--_text);
  }
  .state svg.icon {
    inline-size: 16px;
    block-size: 16px;
    color: var(--_text-secondary);
  }
  .state.ok svg.icon {
    color: var(--_success-text);
  }
  .state.bad svg.icon {
    color: var(--_alert-text);
  }
`;
