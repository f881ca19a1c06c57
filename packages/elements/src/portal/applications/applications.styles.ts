import { type CSSResult, css } from "lit";

export const applicationsStyles: CSSResult = css`
  .result {
    margin: 0 16px 16px;
  }
  .result a {
    text-decoration: underline;
  }
  summary {
    padding: 12px 16px;
    border-block-start: 1px solid var(--_divider);
    cursor: pointer;
  }
  .card-help .block {
    border: 0;
    padding-block-start: 0;
  }
  @container b24-panel (min-width: 640px) {
    .result {
      margin-inline: 24px;
    }
    summary {
      padding-inline: 24px;
    }
  }
`;
