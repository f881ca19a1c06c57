import { type CSSResult, css } from "lit";

export const portalsStyles: CSSResult = css`
  .result {
    margin: 0 16px 16px;
  }
  .state {
    min-block-size: 140px;
  }
  @container b24-panel (min-width: 640px) {
    .result {
      margin-inline: 24px;
    }
  }
`;
