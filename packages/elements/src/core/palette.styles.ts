import { type CSSResult, css } from "lit";

/** The probes of `PaletteController`: never seen, but styled. */
export const paletteStyles: CSSResult = css`
  .palette-probe,
  .palette-reader {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    visibility: hidden;
    pointer-events: none;
  }
  /* A transition would give the colour before the change. */
  .palette-reader {
    transition: none !important;
  }
  .palette-probe {
    color: var(--_text);
    background: var(--_surface);
    border-color: var(--_series-1);
    transition: color 1ms, background-color 1ms, border-color 1ms;
  }
`;
