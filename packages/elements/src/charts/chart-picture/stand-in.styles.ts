import { type CSSResult, css } from "lit";

/** For hosts of stand-ins: what follows one has no look and no name until the live chart is drawn. */
export const standInStyles: CSSResult = css`
  .stand-in {
    z-index: 1;
    overflow: hidden;
    pointer-events: none;
  }
  .stand-in.stands[drawn] ~ * {
    visibility: hidden;
  }
  .stand-in.leaves {
    animation: leave 0.18s ease-out forwards;
  }
  @keyframes leave {
    to {
      opacity: 0;
    }
  }
`;
