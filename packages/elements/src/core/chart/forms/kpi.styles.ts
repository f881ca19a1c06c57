import { type CSSResult, css } from "lit";

/** A figure with its change, its way here and its plan. */
export const kpiStyles: CSSResult = css`
  .kpi {
    display: grid;
    gap: 4px;
    align-content: center;
    min-block-size: 132px;
  }
  .kpi-figure {
    font-size: clamp(36px, 11cqi, 56px);
    font-weight: 300;
    line-height: 1.15;
    letter-spacing: -0.02em;
    white-space: nowrap;
  }
  .kpi-caption {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 8px;
  }
  .spark {
    inline-size: 100%;
    block-size: 64px;
    margin-block-start: 12px;
    overflow: visible;
  }
  .spark path {
    vector-effect: non-scaling-stroke;
  }
  .spark-line {
    fill: none;
    stroke: var(--_series-1);
    stroke-width: 2;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .spark-line.running {
    stroke-dasharray: 4 4;
  }
  .spark-ground {
    fill: var(--_series-1);
    opacity: 0.09;
  }
  .spark-end {
    fill: none;
    stroke: var(--_series-1);
    stroke-width: 8;
    stroke-linecap: round;
  }
  .plan {
    display: grid;
    gap: 6px;
    margin-block-start: 12px;
  }
  .plan-track {
    block-size: 8px;
    border-radius: 999px;
    background: var(--_neutral-soft);
    overflow: hidden;
  }
  .plan-fill {
    display: block;
    inline-size: var(--_share);
    block-size: 100%;
    border-radius: inherit;
    background: var(--_series-1);
  }
  .plan-fill.done {
    background: var(--_success);
  }
`;
