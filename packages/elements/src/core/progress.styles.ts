import { type CSSResult, css } from "lit";

/** A `<progress>` as a thin bar in the primary colour; its own `color` paints it otherwise. */
export const progressStyles: CSSResult = css`
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 8px;
    border: 0;
    border-radius: 100px;
    overflow: hidden;
    background: var(--_neutral-soft);
    color: var(--_primary);
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    border-radius: 100px;
    background: currentcolor;
    transition: inline-size 200ms linear;
  }
  progress::-moz-progress-bar {
    border-radius: 100px;
    background: currentcolor;
  }
`;
