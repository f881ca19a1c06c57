import { type CSSResult, css } from "lit";

/** Styles of `<b24-chart-picture>`. */
export const chartPictureStyles: CSSResult = css`
  .card {
    position: relative;
  }
  .card > svg {
    display: block;
    inline-size: 100%;
    block-size: auto;
  }
  :host([stand-in]) svg {
    display: block;
    overflow: visible;
  }
  .waiting-room {
    block-size: 380px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .waiting-room .skeleton {
    margin: 16px;
    inline-size: 40%;
    block-size: 24px;
  }
  .failed {
    min-block-size: 280px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .live {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-end: 8px;
    background: var(--_surface);
    opacity: 0;
    transition: opacity var(--_motion);
  }
  .card:hover .live,
  .live:focus-visible {
    opacity: 1;
  }
  @media (hover: none) {
    .live {
      opacity: 1;
    }
  }
  .coming {
    position: absolute;
    inset: 0 0 auto;
    visibility: hidden;
  }
`;
