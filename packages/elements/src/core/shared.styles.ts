import { type CSSResult, css } from "lit";

/** Reset, type, focus ring and screen-reader text of every element. */
export const sharedStyles: CSSResult = css`
  :host {
    display: block;
    box-sizing: border-box;
    color: var(--_text);
    font: 400 14px / 1.4 var(--_font);
    -webkit-text-size-adjust: 100%;
    text-align: start;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p {
    margin: 0;
    font: inherit;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  select {
    text-overflow: ellipsis;
  }
  a {
    color: var(--_link);
    text-decoration: none;
  }
  a:hover {
    text-decoration: underline;
  }
  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 1px;
  }
  svg.icon {
    inline-size: 20px;
    block-size: 20px;
    flex: none;
    display: block;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }
  .heading-skeleton {
    inline-size: 200px;
    max-inline-size: 60cqi;
    block-size: 16px;
    margin-block: 4px;
  }
  .tabular {
    font-variant-numeric: tabular-nums;
  }
  @media (prefers-reduced-motion: reduce) {
    *:not(.palette-probe),
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
