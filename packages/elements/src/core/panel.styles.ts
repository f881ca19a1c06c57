import { type CSSResult, css } from "lit";

/** A card of settings: header, rows of a list, notes, questions, badges. Containers name `b24-panel`. */
export const panelStyles: CSSResult = css`
  :host {
    container: b24-panel / inline-size;
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
    gap: 8px 12px;
    padding: 16px;
  }
  h2 {
    font-size: 18px;
    line-height: 24px;
    font-weight: 500;
  }
  h3 {
    font-size: 16px;
    line-height: 24px;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .lead,
  .facts {
    color: var(--_text-secondary);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .row,
  .block {
    display: grid;
    gap: 8px;
    padding: 12px 16px;
    border-block-start: 1px solid var(--_divider);
  }
  .row-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    min-inline-size: 0;
  }
  .row-head > .actions {
    margin-inline-start: auto;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  a.button {
    color: var(--_text);
    text-decoration: none;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 1px 8px;
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
    margin-inline-start: -4px;
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
  .card > .strip {
    padding-inline: 16px;
  }
  .note {
    display: flex;
    gap: 8px;
    padding: 8px 12px;
    border-radius: var(--_radius-button);
    background: var(--_surface-sunken);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .note > div {
    flex: 1;
    min-inline-size: 0;
  }
  .note.alert {
    background: var(--_alert-soft);
  }
  .note.warning {
    background: var(--_warning-soft);
    color: var(--_warning-text);
  }
  .note.success {
    background: var(--_success-soft);
    color: var(--_success-text);
  }
  .note.alert > svg.icon,
  .note.alert .note-title {
    color: var(--_alert-text);
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
    display: grid;
    gap: 8px;
    padding: 12px;
    border-radius: var(--_radius-button);
    background: var(--_surface-sunken);
  }
  .fields {
    display: grid;
    gap: 12px;
    align-items: start;
  }
  .labelled {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
  }
  .labelled > label,
  legend {
    font-weight: 500;
  }
  .labelled .field {
    inline-size: 100%;
  }
  .labelled .field[aria-invalid="true"] {
    border-color: var(--_alert-text);
  }
  .labelled > .label {
    font-weight: 500;
  }
  .copy-line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
  }
  .copy-line code {
    flex: 1 1 200px;
    min-inline-size: 0;
    padding: 6px 8px;
    border-radius: var(--_radius-input);
    background: var(--_surface-sunken);
    font: 13px / 1.5 var(--_font-mono);
    overflow-wrap: anywhere;
    user-select: all;
  }
  .hint {
    color: var(--_text-secondary);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .hint a {
    text-decoration: underline;
  }
  .wrong {
    display: flex;
    gap: 4px;
    color: var(--_alert-text);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .wrong svg.icon {
    inline-size: 16px;
    block-size: 16px;
    margin-block-start: 1px;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 4px;
  }
  .choice {
    display: flex;
    gap: 8px;
    align-items: flex-start;
    padding-block: 4px;
  }
  .choice input {
    inline-size: 16px;
    block-size: 16px;
    margin: 2px 0 0;
    flex: none;
    accent-color: var(--_primary-strong);
  }
  .skeleton {
    inline-size: 60%;
    block-size: 16px;
  }
  @media (pointer: coarse) {
    .choice {
      padding-block: 10px;
    }
  }
  @container b24-panel (min-width: 640px) {
    header {
      padding: 20px 24px;
    }
    .row,
    .block {
      padding: 16px 24px;
    }
    .card > .strip {
      padding-inline: 24px;
    }
    .beside {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .beside > .button {
      margin-block-start: 24px;
    }
  }
`;
