import { type CSSResultGroup, css } from "lit";
import { standInStyles } from "../chart-picture/stand-in.styles.ts";
import { shareStyles } from "./share.styles.ts";

const board = css`
  :host {
    /* Named: a tile is a container, too. */
    container: board / inline-size;
  }
  :host(:fullscreen) {
    overflow: auto;
    background: var(--_page);
  }
  .board-head {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    margin-block-end: 16px;
  }
  .title-line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 12px;
  }
  .board-name {
    min-inline-size: 0;
    font-size: 24px;
    font-weight: 300;
    line-height: 32px;
    overflow-wrap: anywhere;
  }
  select.board-name {
    max-inline-size: 100%;
    padding: 0 4px 0 0;
    border: 0;
    border-radius: var(--_radius-input);
    background: transparent;
    cursor: pointer;
  }
  select.board-name option {
    background: var(--_surface);
    font-size: 14px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .day {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--_text-secondary);
    font-size: 13px;
  }
  .filter {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 32px;
    max-inline-size: 260px;
    padding: 3px 6px 3px 12px;
    border: 1px solid var(--_border);
    border-radius: 16px;
    background: var(--_surface);
    font-size: 13px;
    cursor: pointer;
  }
  .filter.on {
    border-color: var(--_primary);
    background: var(--_surface-selected);
  }
  .filter-name {
    color: var(--_text-secondary);
  }
  .filter svg.icon {
    inline-size: 18px;
    block-size: 18px;
    color: var(--_text-faint);
  }
  .filters .popup {
    inset-inline: 0 auto;
  }
  .filters .choice {
    padding-inline: 6px;
    cursor: pointer;
  }
  .edit {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 1fr) auto;
    gap: 12px;
    align-items: end;
    padding: 16px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .edit .hint,
  .edit .note {
    grid-column: 1 / -1;
  }
  .grid {
    position: relative;
    display: grid;
    grid-template-columns: repeat(12, minmax(0, 1fr));
    grid-auto-rows: 48px;
    gap: 16px;
  }
  .arranging {
    border-radius: var(--_radius-card);
    background: repeating-linear-gradient(
      to right,
      color-mix(in srgb, var(--_primary) 5%, transparent) 0 calc((100% - 176px) / 12),
      transparent calc((100% - 176px) / 12) calc((100% - 176px) / 12 + 16px)
    );
  }
  .tile {
    position: relative;
    grid-column: var(--_x) / span var(--_w);
    grid-row: var(--_y) / span var(--_h);
    min-inline-size: 0;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    overflow: hidden;
    container-type: size;
  }
  .tile-body {
    block-size: 100%;
    padding: 12px 16px;
    overflow: auto;
  }
  /* A thin line runs along the top while the chart is drawn anew; what it shows stays readable. */
  .tile.busy::before {
    content: "";
    position: absolute;
    z-index: 1;
    inset: 0 auto auto 0;
    inline-size: 30%;
    block-size: 2px;
    background: var(--_primary);
    animation: run 1.2s ease-in-out infinite alternate;
  }
  @keyframes run {
    to {
      inset-inline-start: 70%;
    }
  }
  .tile .chart {
    --_least: 120px;
    --b24-chart-height: max(120px, calc(100cqb - 140px));
    block-size: 100%;
  }
  .tile .chart::part(card) {
    block-size: 100%;
    padding: 0;
    border: 0;
    background: none;
  }
  .tile.ghost {
    grid-column: span 6;
    grid-row: span 5;
    padding: 16px;
  }
  .content {
    block-size: 100%;
  }
  .tile .stand-in {
    position: absolute;
    inset: 12px 16px;
  }
  .tile-name {
    overflow-wrap: anywhere;
    font-size: 16px;
    font-weight: 500;
    line-height: 24px;
  }
  .tile-note {
    display: flex;
    gap: 8px;
    margin-block-start: 12px;
    color: var(--_text-secondary);
  }
  .tile-stale {
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--_warning-text);
    font-size: 13px;
  }
  .tile-stale svg.icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .tile-skeleton .skeleton {
    display: block;
    inline-size: 100%;
    block-size: max(80px, calc(100cqb - 80px));
    margin-block-start: 12px;
  }
  .tile.editing {
    border-style: dashed;
    border-color: var(--_primary);
  }
  .tile.dragged {
    z-index: 5;
    box-shadow: 0 12px 32px rgb(0 0 0 / 18%);
  }
  .tile.editing .tile-body {
    pointer-events: none;
  }
  .tile-tools {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-end: 8px;
    display: flex;
    gap: 4px;
  }
  .handle {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-button);
    background: var(--_surface);
    cursor: pointer;
  }
  .handle[data-move] {
    cursor: grab;
    touch-action: none;
  }
  .dragged .handle[data-move] {
    cursor: grabbing;
  }
  .resize {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 0;
    inline-size: 28px;
    block-size: 28px;
    cursor: nwse-resize;
    touch-action: none;
    background: linear-gradient(135deg, transparent 50%, var(--_primary) 50% 56%, transparent 56% 66%, var(--_primary) 66% 72%, transparent 72%);
  }
  .panel {
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .offered {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    padding: 0 16px 24px;
  }
  .offered li {
    padding: 5px 14px;
    border-radius: 16px;
    background: var(--_ai-soft);
    color: var(--_ai-text);
  }
  .locked {
    display: grid;
    justify-items: center;
    gap: 10px;
    max-inline-size: 360px;
    margin: 8vh auto;
    padding: 32px 24px;
    border: 1px solid var(--_divider);
    border-radius: 16px;
    background: var(--_surface);
    text-align: center;
  }
  .locked .labelled {
    inline-size: 100%;
    text-align: start;
  }
  .tv {
    block-size: 100dvh;
    overflow: auto;
    padding: 2vmin 3vmin 3vmin;
    background: var(--_page);
  }
  :host(:not(:fullscreen)) .tv {
    position: fixed;
    z-index: 1000;
    inset: 0;
  }
  .tv-bar {
    display: flex;
    align-items: center;
    gap: 3vmin;
    margin-block-end: 2vmin;
    color: var(--_text-secondary);
    font-size: 20px;
  }
  .tv-bar .board-name {
    flex: 1;
    color: var(--_text);
    font-size: 32px;
    line-height: 44px;
  }
  .tv .grid {
    grid-template-columns: 1fr 1fr;
    grid-auto-rows: minmax(290px, 1fr);
    min-block-size: calc(100dvh - 7vmin - 48px);
  }
  .tv .tile {
    grid-area: auto;
  }
  .tv .tile:only-child,
  .tv .tile:last-child:nth-child(odd) {
    grid-column: 1 / -1;
  }
  /* Big type is for big screens: on a small one it would leave no room for the charts. */
  @media (min-width: 1600px) and (min-height: 860px) {
    .tv .chart {
      zoom: 1.35;
      --b24-chart-height: max(160px, calc(100cqb / 1.35 - 140px));
    }
  }
  @container board (inline-size < 760px) {
    .grid {
      grid-template-columns: minmax(0, 1fr);
      grid-auto-rows: auto;
    }
    .tile,
    .tile.ghost {
      grid-column: auto;
      grid-row: auto;
      min-block-size: 320px;
      container-type: inline-size;
    }
    .tile .chart {
      --_least: initial;
      --b24-chart-height: initial;
      block-size: auto;
    }
    /* What has no height of its own takes that of whatever is higher. */
    .tile-body {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      padding-inline: 12px;
    }
    .tile-body > * {
      grid-area: 1 / 1;
      min-inline-size: 0;
    }
    .tile .stand-in {
      position: relative;
      inset: auto;
      align-self: start;
    }
    .tile-skeleton .skeleton {
      block-size: 240px;
    }
    .resize {
      display: none;
    }
    .edit {
      grid-template-columns: minmax(0, 1fr);
    }
    .tool-text {
      display: none;
    }
  }
`;

/** Styles of `<b24-dashboard>`. */
export const dashboardStyles: CSSResultGroup = [standInStyles, board, shareStyles];
