import { type CSSResult, css } from "lit";

/** Styles of `<b24-chart>`. */
export const chartStyles: CSSResult = css`
  :host {
    container-type: inline-size;
  }
  .card {
    position: relative;
    display: flex;
    flex-direction: column;
    padding: 12px 16px 16px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .head {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 4px 12px;
    margin-block-end: 12px;
  }
  .titles {
    min-inline-size: 0;
  }
  .heading {
    padding-block: 4px;
    font-size: 16px;
    font-weight: 500;
    line-height: 24px;
    overflow-wrap: anywhere;
  }
  /* Who named a chart or a stage may have written a novel. */
  .heading,
  .caption {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }
  .tools {
    display: flex;
    align-items: start;
    gap: 2px;
  }
  .headline {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 10px;
    min-block-size: 40px;
  }
  .figure {
    font-size: 30px;
    font-weight: 300;
    line-height: 40px;
    white-space: nowrap;
  }
  .figure-skeleton {
    align-self: center;
    inline-size: 180px;
    block-size: 24px;
  }
  .caption,
  .note,
  .as-of {
    color: var(--_text-secondary);
    font-size: 13px;
  }
  .caption {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .as-of {
    min-block-size: 18px;
    grid-column: 1 / -1;
    margin-block-start: -4px;
  }
  .change {
    display: inline-flex;
    align-self: center;
    align-items: center;
    gap: 2px;
    padding: 1px 8px 1px 6px;
    border-radius: 999px;
    background: var(--_neutral-soft);
    color: var(--_text-secondary);
    font-size: 13px;
    font-weight: 500;
    line-height: 20px;
  }
  .change svg.icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .change.up {
    background: var(--_success-soft);
    color: var(--_success-text);
  }
  .change.down {
    background: var(--_alert-soft);
    color: var(--_alert-text);
  }
  /* A page that stretches the element gives its plot the height; one that bounds it says what is the least. */
  .frame {
    position: relative;
    flex: 1 1 var(--b24-chart-height, var(--_plot, 280px));
    min-block-size: var(--_least, var(--b24-chart-height, var(--_plot, 280px)));
  }
  .state {
    flex: 1 0 auto;
    min-block-size: 280px;
  }
  .strip {
    margin-block-end: 12px;
    border-radius: var(--_radius-button);
  }
  .reader,
  .plot,
  .data-table {
    position: absolute;
    inset: 0;
  }
  /* A larger ring would push its names out. */
  .pie .plot {
    margin-block: auto;
    block-size: min(100%, var(--b24-chart-height, var(--_plot, 280px)));
  }
  .reader,
  .plot {
    border-radius: var(--_radius-input);
  }
  .bars-skeleton {
    display: flex;
    flex: none;
    block-size: var(--b24-chart-height, 280px);
    align-items: end;
    gap: 6%;
    padding: 16px 3% 0;
  }
  .bars-skeleton .skeleton {
    flex: 1;
    block-size: var(--_share);
    border-radius: 4px 4px 0 0;
  }
  .data-table {
    overflow: auto;
    border-block-start: 1px solid var(--_divider);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    block-size: 36px;
    padding: 4px 12px;
    border-block-end: 1px solid var(--_divider);
    font-weight: 400;
    text-align: start;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_surface-sunken);
    color: var(--_text-secondary);
    font-size: 13px;
  }
  th.quantity,
  td.quantity {
    text-align: end;
    white-space: nowrap;
  }
  @container (inline-size < 480px) {
    .card {
      padding: 12px;
    }
    .figure {
      font-size: 26px;
      line-height: 34px;
    }
    th,
    td {
      padding-inline: 8px;
    }
  }
`;
