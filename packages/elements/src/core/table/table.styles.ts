import { type CSSResult, css } from "lit";

/** Styles of `<b24-table>`. */
export const tableStyles: CSSResult = css`
  :host {
    container-type: inline-size;
  }
  .card {
    display: flex;
    flex-direction: column;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    padding: 12px var(--b24-table-inset, 16px);
  }
  .titles {
    min-inline-size: 0;
  }
  .heading {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    font-size: 16px;
    font-weight: 500;
    line-height: 24px;
    overflow-wrap: anywhere;
  }
  .counts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    min-block-size: 18px;
    color: var(--_text-secondary);
    font-size: 13px;
    line-height: 18px;
  }
  .as-of::before {
    content: "·";
    margin-inline-end: 8px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
  }
  .search {
    position: relative;
    display: block;
    margin-inline-end: 4px;
  }
  .search svg.icon {
    position: absolute;
    inset: 50% auto auto 8px;
    translate: 0 -50%;
    color: var(--_text-faint);
    pointer-events: none;
  }
  .search .field {
    inline-size: 220px;
    padding-inline-start: 34px;
  }
  .filters {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(220px, 1fr));
    grid-auto-flow: dense;
    gap: 12px 16px;
    padding: 12px var(--b24-table-inset, 16px) 16px;
    border-block-start: 1px solid var(--_divider);
    background: var(--_surface-sunken);
    max-block-size: 320px;
    overflow: auto;
  }
  .filter {
    display: flex;
    flex-direction: column;
    gap: 4px;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .filter.wide {
    grid-column: 1 / -1;
  }
  .filter legend,
  .filter > span {
    padding: 0;
    margin-block-end: 4px;
    color: var(--_text-secondary);
    font-size: 12px;
    line-height: 16px;
  }
  .filter > span {
    margin: 0;
  }
  .range {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .range .field {
    flex: 1;
    inline-size: 0;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .choice {
    padding: 3px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: none;
    cursor: pointer;
  }
  .choice[aria-pressed="true"] {
    border-color: var(--_primary);
    background: var(--_surface-selected);
  }
  .filter-end {
    grid-column: 1 / -1;
  }
  .columns-panel {
    inline-size: 300px;
  }
  .plain-list {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .columns-row {
    display: flex;
    align-items: center;
    border-radius: var(--_radius-input);
  }
  .columns-row:hover {
    background: var(--_surface-hover);
  }
  .columns-row label {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
    min-block-size: 32px;
    padding-inline-start: 8px;
    cursor: pointer;
  }
  .columns-row label span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .columns-row input {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_primary-strong);
  }
  .grid {
    position: relative;
    overflow: auto;
    max-block-size: var(--b24-table-max-height, 560px);
    border-block-start: 1px solid var(--_divider);
    border-radius: 0 0 var(--_radius-card) var(--_radius-card);
    overscroll-behavior-x: contain;
    scroll-padding-block-start: var(--_row);
  }
  .sheet {
    inline-size: max(100%, var(--_width));
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 3;
  }
  .body {
    position: relative;
    block-size: var(--_body);
  }
  .row {
    display: grid;
    grid-template-columns: var(--_columns);
    block-size: var(--_row);
    background: var(--_surface);
  }
  .row.header {
    background: var(--_surface-sunken);
    border-block-end: 1px solid var(--_border);
    color: var(--_text-secondary);
    font-size: 13px;
  }
  .body .row {
    position: absolute;
    inset-inline: 0;
    transform: translateY(var(--_y));
    border-block-end: 1px solid var(--_divider);
  }
  .body .row:hover {
    background: var(--_surface-hover);
  }
  .cell {
    position: relative;
    align-content: center;
    padding-inline: 12px;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    background: inherit;
  }
  .cell:first-child {
    padding-inline-start: var(--b24-table-inset, 16px);
  }
  .cell:focus-visible {
    z-index: 2;
    outline-offset: -2px;
    border-radius: 2px;
  }
  .cell.quantity {
    text-align: end;
  }
  [role="columnheader"] {
    display: flex;
    align-items: center;
    gap: 2px;
    cursor: pointer;
    user-select: none;
  }
  [role="columnheader"]:hover {
    color: var(--_text);
  }
  [role="columnheader"].quantity {
    flex-direction: row-reverse;
  }
  .header-text {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .sort-mark {
    display: inline-flex;
    align-items: center;
    color: var(--_link);
  }
  .sort-mark svg.icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .sort-mark.idle {
    color: var(--_text-faint);
    opacity: 0;
  }
  [role="columnheader"]:hover .sort-mark.idle,
  [role="columnheader"]:focus-visible .sort-mark.idle {
    opacity: 1;
  }
  .sort-place {
    font-size: 11px;
  }
  .grip {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    inline-size: 9px;
    cursor: col-resize;
    touch-action: none;
  }
  .grip::after {
    content: "";
    position: absolute;
    inset-block: 8px;
    inset-inline-end: 0;
    border-inline-end: 1px solid var(--_border);
  }
  .grip:hover::after {
    inset-block: 0;
    border-inline-end: 2px solid var(--_primary);
  }
  .none {
    color: var(--_text-faint);
  }
  .skeleton-rows {
    max-block-size: var(--b24-table-max-height, 560px);
    overflow: hidden;
    border-block-start: 1px solid var(--_divider);
  }
  .skeleton-row {
    display: flex;
    align-items: center;
    gap: 24px;
    block-size: 36px;
    padding-inline: var(--b24-table-inset, 16px);
    overflow: hidden;
    border-block-end: 1px solid var(--_divider);
  }
  .skeleton-row .skeleton {
    flex: none;
    block-size: 12px;
  }
  .skeleton.short {
    inline-size: 56px;
  }
  .skeleton.medium {
    inline-size: 120px;
  }
  .skeleton.long {
    inline-size: 220px;
  }
  .skeleton.chip-like {
    inline-size: 130px;
  }
  .skeleton-row .skeleton.chip-like {
    block-size: 20px;
  }
  @container (inline-size < 720px) {
    .button-text {
      display: none;
    }
    .tools .button {
      padding: 4px;
      inline-size: 36px;
      min-block-size: 36px;
    }
    .tools,
    .search {
      flex: 1;
    }
    .search .field {
      inline-size: 100%;
      min-inline-size: 100px;
    }
  }
  @container (inline-size < 480px) {
    .toolbar {
      padding: 12px var(--b24-table-inset, 12px);
    }
    .titles,
    .tools {
      flex: 1 0 100%;
    }
    .cell:first-child {
      position: sticky;
      inset-inline-start: 0;
      z-index: 1;
      padding-inline-start: var(--b24-table-inset, 12px);
      border-inline-end: 1px solid var(--_divider);
    }
    .filters {
      grid-template-columns: 1fr;
      padding: 12px var(--b24-table-inset, 12px);
    }
  }
`;
