import { type CSSResult, css } from "lit";

export const bindingsStyles: CSSResult = css`
  .result {
    margin: 0 16px 16px;
  }
  .groups {
    gap: 16px 24px;
    align-items: start;
  }
  .groups ul {
    display: grid;
    gap: 2px 24px;
    margin-block-start: 8px;
  }
  .groups li {
    overflow-wrap: anywhere;
  }
  .count {
    margin-inline-start: 4px;
    color: var(--_text-secondary);
    font-weight: 400;
  }
  @container b24-panel (min-width: 640px) {
    .result {
      margin-inline: 24px;
    }
    .groups {
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    }
    .groups > :last-child ul {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
`;
