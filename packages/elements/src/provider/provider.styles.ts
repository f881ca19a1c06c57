import { type CSSResult, css } from "lit";

export const providerStyles: CSSResult = css`
  :host {
    display: contents;
  }
`;
