import { type CSSResult, css } from "lit";

/** A table of two directions whose edges stay in sight. */
export const pivotStyles: CSSResult = css`
  .pivot {
    max-block-size: var(--b24-chart-height, 480px);
    overflow: auto;
    border-block-start: 1px solid var(--_divider);
  }
  .pivot th[scope="row"],
  .pivot thead th:first-child,
  .pivot tfoot th {
    position: sticky;
    inset-inline-start: 0;
    background: var(--_surface);
    min-inline-size: 7em;
    max-inline-size: 34cqi;
    overflow-wrap: break-word;
  }
  .pivot thead th {
    white-space: nowrap;
  }
  .pivot thead th:first-child {
    z-index: 2;
    background: var(--_surface-sunken);
  }
  .pivot td.shaded {
    background: color-mix(in srgb, var(--_series-1) var(--_strength), transparent);
  }
  .pivot td.total,
  .pivot tfoot th {
    font-weight: 600;
  }
  .pivot tfoot :is(th, td) {
    position: sticky;
    inset-block-end: 0;
    border-block-start: 1px solid var(--_border);
    border-block-end: 0;
    background: var(--_surface);
  }
  .pivot .none {
    color: var(--_text-secondary);
  }
`;
