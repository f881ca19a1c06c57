import { type CSSResult, css } from "lit";

/** Styles of what the forms of `<b24-chart>` draw by themselves: tooltip, figure, pivot, tiles of the menu, records. */
export const formsStyles: CSSResult = css`
  .tip-box {
    z-index: 15 !important;
    pointer-events: none;
  }
  .tip {
    display: grid;
    gap: 4px;
    min-inline-size: 120px;
    max-inline-size: min(340px, 84cqi);
    padding: 10px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-button);
    background: var(--_surface);
    box-shadow: 0 6px 20px rgb(0 0 0 / 12%);
    color: var(--_text);
    font: 400 13px / 18px var(--_font);
    white-space: normal;
  }
  .tip-title {
    color: var(--_text-secondary);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .tip-line {
    display: flex;
    align-items: baseline;
    gap: 8px;
  }
  .tip-mark {
    flex: none;
    align-self: center;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 2px;
  }
  .tip-name {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .tip-value {
    margin-inline-start: auto;
    font-weight: 500;
    white-space: nowrap;
  }
  .frame.opens .plot {
    cursor: default;
  }
  .popup.forms {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 2px;
    inline-size: 320px;
    max-block-size: 420px;
  }
  .form-item {
    white-space: normal;
    line-height: 18px;
  }
  .form-item svg.icon {
    color: var(--_text-secondary);
  }
  .form-item[aria-current] {
    background: var(--_surface-selected);
    color: var(--_info-text);
  }
  .form-item[aria-current] svg.icon {
    color: inherit;
  }
  .popup hr {
    margin: 6px 0;
    border: 0;
    border-block-start: 1px solid var(--_divider);
  }
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
  .own.table {
    margin-inline: -16px;
    margin-block-end: -16px;
  }
  .rows::part(card) {
    border: 0;
    border-radius: 0;
  }
  .rows-dialog {
    inline-size: min(1100px, 94vw);
    max-block-size: 90dvh;
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: 16px;
    background: var(--_surface);
    color: inherit;
    overflow: hidden;
  }
  .rows-dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }
  .rows-body {
    position: relative;
    padding-block-start: 44px;
  }
  .rows-body b24-table::part(card) {
    border: 0;
    border-radius: 0;
  }
  .rows-close {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-end: 8px;
  }
`;
