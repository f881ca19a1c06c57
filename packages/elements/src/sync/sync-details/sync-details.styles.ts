import { type CSSResult, css } from "lit";

export const syncDetailsStyles: CSSResult = css`
  :host {
    padding: 16px;
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    background: var(--_surface);
  }
  .parts {
    display: grid;
    gap: 20px;
  }
  h4 {
    margin: 0 0 8px;
    font: inherit;
    font-weight: 500;
  }
  .choice .hint {
    display: block;
  }
  .saved {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--_success-text);
    font-size: 13px;
  }
  .run {
    display: grid;
    gap: 4px;
    padding-block: 8px;
    border-block-start: 1px solid var(--_divider);
  }
  .run:first-child {
    padding-block-start: 0;
    border-block-start: 0;
  }
  .run-head {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 8px;
    align-items: center;
  }
  .run-head p {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
  }
  .mark {
    color: var(--_text-secondary);
  }
  .mark.info {
    color: var(--_info-text);
  }
  .mark.success {
    color: var(--_success-text);
  }
  .mark.warning {
    color: var(--_warning-text);
  }
  .mark.alert {
    color: var(--_alert-text);
  }
  .run > .hint {
    font-variant-numeric: tabular-nums;
    margin-inline-start: 28px;
  }
  .log {
    max-block-size: 320px;
    margin-block-start: 4px;
    padding: 8px 12px;
    overflow: auto;
    border-radius: var(--_radius-button);
    background: var(--_surface-sunken);
    font-size: 13px;
  }
  .log ol {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .log li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
  }
  .log time {
    color: var(--_text-secondary);
    font-variant-numeric: tabular-nums;
  }
  .log li > span {
    overflow-wrap: anywhere;
  }
  .log svg.icon {
    display: inline-block;
    inline-size: 16px;
    block-size: 16px;
    margin-inline-end: 4px;
    vertical-align: -3px;
  }
  .log .warning > span {
    color: var(--_warning-text);
  }
  .log .error > span {
    color: var(--_alert-text);
  }
  .button svg.icon {
    inline-size: 16px;
    block-size: 16px;
    transition: rotate var(--_motion) ease-out;
  }
  [aria-expanded="true"] > svg.icon {
    rotate: 180deg;
  }
  code {
    font: 12px / 1.5 var(--_font-mono);
  }
  .skeleton.line {
    inline-size: 80%;
  }
  .button[data-action="more"] {
    margin-block-start: 8px;
  }
  @container b24-panel (min-width: 720px) {
    .parts {
      grid-template-columns: 280px minmax(0, 1fr);
      gap: 32px;
    }
  }
`;
