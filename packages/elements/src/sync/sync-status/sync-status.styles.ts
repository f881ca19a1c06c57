import { type CSSResult, css } from "lit";

export const syncStatusStyles: CSSResult = css`
  :host {
    container: b24-sync / inline-size;
  }
  .card {
    background: var(--_surface);
    border: 1px solid var(--_divider);
    border-radius: var(--_radius-card);
    overflow: clip;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding: 16px;
  }
  .title {
    min-inline-size: 0;
  }
  h2 {
    font-size: 18px;
    line-height: 24px;
    font-weight: 500;
  }
  .portal {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    color: var(--_text-secondary);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .link::before {
    content: "";
    display: inline-block;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--_text-faint);
  }
  .link.open::before {
    background: var(--_success);
  }
  .link.offline::before {
    background: var(--_warning);
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    grid-template-areas: "name rows" "what what" "actions actions";
    gap: 8px 16px;
    align-items: center;
    padding: 12px 16px;
    border-block-start: 1px solid var(--_divider);
  }
  .name {
    grid-area: name;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    min-inline-size: 0;
  }
  h3 {
    font-size: 16px;
    line-height: 24px;
    font-weight: 500;
  }
  .rows {
    grid-area: rows;
    text-align: end;
    font-weight: 500;
    white-space: nowrap;
  }
  .what {
    grid-area: what;
    display: grid;
    gap: 8px;
    min-inline-size: 0;
  }
  .actions {
    grid-area: actions;
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .actions .button {
    flex: 1 1 auto;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 1px 8px 1px 4px;
    border-radius: 100px;
    background: var(--_neutral-soft);
    color: var(--_text-secondary);
    font-size: 12px;
    line-height: 20px;
    white-space: nowrap;
  }
  .badge svg.icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .badge.info {
    background: var(--_info-soft);
    color: var(--_info-text);
  }
  .badge.success {
    background: var(--_success-soft);
    color: var(--_success-text);
  }
  .badge.warning {
    background: var(--_warning-soft);
    color: var(--_warning-text);
  }
  .badge.alert {
    background: var(--_alert-soft);
    color: var(--_alert-text);
  }
  .progress {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 12px;
    align-items: center;
  }
  .progress > p,
  .progress > progress:not(:has(+ .percent)) {
    grid-column: 1 / -1;
  }
  .percent {
    min-inline-size: 5ch;
    text-align: end;
    font-size: 13px;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  progress.waiting {
    color: var(--_warning);
  }
  progress:indeterminate {
    background: linear-gradient(90deg, transparent 20%, currentcolor 50%, transparent 80%) 0 0 / 200% 100%
      var(--_neutral-soft);
    animation: b24-sweep 1.4s linear infinite;
  }
  @keyframes b24-sweep {
    from {
      background-position: 200% 0;
    }
    to {
      background-position: -100% 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    progress:indeterminate {
      animation: none;
    }
  }
  .facts {
    color: var(--_text-secondary);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .count {
    color: var(--_text);
  }
  .note {
    display: flex;
    gap: 8px;
    padding: 8px 12px;
    border-radius: var(--_radius-button);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .note > svg.icon {
    margin-block-start: -1px;
  }
  .note.warning {
    background: var(--_warning-soft);
    color: var(--_warning-text);
  }
  .note.alert {
    background: var(--_alert-soft);
    color: var(--_text);
  }
  .note.alert > svg.icon,
  .note.alert .note-title {
    color: var(--_alert-text);
  }
  .note > div {
    min-inline-size: 0;
  }
  .note-title {
    font-weight: 500;
  }
  .detail {
    margin-block-start: 4px;
    color: var(--_text-secondary);
    font: 12px / 1.5 var(--_font-mono);
    white-space: pre-line;
  }
  .question {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 8px 12px;
    border-radius: var(--_radius-button);
    background: var(--_surface-sunken);
  }
  .question > p {
    flex: 1 1 220px;
  }
  .note.warning > svg.icon {
    color: var(--_warning-text);
  }
  .compared.equal {
    color: var(--_success-text);
  }
  .compared.differs {
    color: var(--_warning-text);
  }
  .details {
    grid-column: 1 / -1;
    display: grid;
    gap: 16px;
    padding-block: 8px 4px;
    border-block-start: 1px dashed var(--_divider);
  }
  .rare {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding-block-start: 8px;
  }
  .details-toggle {
    flex: none !important;
    margin-inline-start: auto;
  }
  .details-toggle svg.icon,
  .fold svg.icon {
    transition: rotate var(--_motion) ease-out;
  }
  [aria-expanded="true"] > svg.icon {
    rotate: 180deg;
  }
  .fold {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 16px;
    border: 0;
    border-block-start: 1px solid var(--_divider);
    background: transparent;
    color: var(--_text-secondary);
    cursor: pointer;
  }
  .fold:hover {
    background: var(--_surface-hover);
  }
  .fold:focus-visible {
    outline-offset: -2px;
  }
  b24-sync-details {
    padding: 0;
    border: 0;
  }
  .skeleton {
    inline-size: 80px;
    block-size: 16px;
  }
  .skeleton.wide {
    inline-size: 160px;
  }
  .skeleton.action {
    inline-size: 120px;
    block-size: 32px;
  }
  .skeleton.line {
    inline-size: 70%;
  }
  @container b24-sync (min-width: 640px) {
    header {
      padding: 20px 24px;
    }
    .row {
      grid-template-columns: minmax(0, 1fr) auto auto;
      grid-template-areas: "name rows actions" "what what what";
      padding: 16px 24px;
    }
    .actions .button {
      flex: none;
    }
    .strip {
      padding-inline: 24px;
    }
  }
  @container b24-sync (min-width: 1000px) {
    .row {
      grid-template-columns: 260px 130px minmax(0, 1fr) auto;
      grid-template-areas: "name rows what actions";
    }
  }
`;
