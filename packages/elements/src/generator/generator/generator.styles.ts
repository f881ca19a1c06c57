import { type CSSResult, css } from "lit";

export const generatorStyles: CSSResult = css`
  .counts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(140px, 100%), 1fr));
    gap: 12px;
    align-items: start;
  }
  .more {
    padding-block-start: 12px;
  }
  select.field {
    inline-size: 100%;
  }
  summary {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 24px;
    inline-size: fit-content;
    color: var(--_text-secondary);
    cursor: pointer;
  }
  summary::before {
    content: "";
    flex: none;
    inline-size: 6px;
    block-size: 6px;
    margin: 0 3px;
    border: solid currentcolor;
    border-width: 0 1.5px 1.5px 0;
    rotate: -45deg;
  }
  details[open] > summary::before {
    rotate: 45deg;
  }
  .preview {
    display: grid;
    gap: 8px;
    padding: 12px;
    border-radius: var(--_radius-button);
    background: var(--_surface-sunken);
  }
  .preview > .actions {
    margin-inline-start: -13px;
  }
  .facts > li + li {
    margin-block-start: 2px;
  }
  .samples {
    display: grid;
    gap: 8px;
  }
  .phone {
    white-space: nowrap;
  }
  .sample-title {
    font-weight: 500;
  }
  .run {
    gap: 12px;
  }
  .tallies {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    font-size: 13px;
  }
  .stats {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 24px;
    font-size: 16px;
  }
  .refused summary {
    color: var(--_warning-text);
  }
  .refused ul,
  .history ul {
    display: grid;
    gap: 12px;
    padding-block-start: 8px;
  }
  .history li {
    display: grid;
    gap: 8px;
  }
  .log ol {
    margin: 8px 0 0;
    padding: 8px 12px;
    max-block-size: 260px;
    overflow: auto;
    list-style: none;
    border-radius: var(--_radius-button);
    background: var(--_surface-sunken);
    font: 12px / 1.6 var(--_font-mono);
  }
  .log li {
    display: flex;
    gap: 12px;
  }
  .log time {
    flex: none;
    color: var(--_text-secondary);
  }
  .log span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .log .warning span {
    color: var(--_warning-text);
  }
  .log .error span {
    color: var(--_alert-text);
  }
  .results {
    border-block-start: 1px solid var(--_divider);
  }
  .results b24-table {
    --b24-table-inset: 16px;
    --b24-table-max-height: 420px;
  }
  .results b24-table::part(card) {
    border: 0;
    border-radius: 0;
  }
  @container b24-panel (max-width: 399px) {
    .fields > .actions > .button {
      flex: 1 0 100%;
      justify-content: center;
    }
  }
  @container b24-panel (min-width: 640px) {
    .actions > .button.primary {
      min-inline-size: 220px;
    }
    .results b24-table {
      --b24-table-inset: 24px;
    }
  }
`;
