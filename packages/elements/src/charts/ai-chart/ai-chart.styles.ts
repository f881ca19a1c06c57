import { type CSSResult, type CSSResultGroup, css } from "lit";
import { standInStyles } from "../chart-picture/stand-in.styles.ts";

const chart: CSSResult = css`
  :host {
    container-type: inline-size;
  }
  .card {
    overflow: visible;
  }
  .card.bare {
    border: 0;
    background: none;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 12px 12px 0 12px;
  }
  .ask {
    position: relative;
    display: flex;
    flex: 1;
    align-items: center;
    min-inline-size: 0;
    border: 1px solid var(--_border);
    border-radius: 14px;
    background: var(--_surface-sunken);
    transition: border-color var(--_motion), box-shadow var(--_motion);
  }
  .ask:focus-within {
    border-color: var(--_ai);
    background: var(--_surface);
    box-shadow: 0 0 0 3px var(--_ai-soft);
  }
  .ask-mark {
    flex: none;
    padding-inline: 12px 0;
    color: var(--_ai);
  }
  .ask-field {
    flex: 1;
    min-inline-size: 0;
    block-size: 48px;
    padding: 0 10px;
    border: 0;
    outline: 0;
    background: none;
    font-size: 16px;
    text-overflow: ellipsis;
  }
  .ask-field::placeholder {
    color: var(--_text-secondary);
    opacity: 1;
  }
  .ask-send {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    margin-inline-end: 6px;
    border: 0;
    border-radius: 10px;
    background: var(--_ai-strong);
    color: var(--_on-primary);
    cursor: pointer;
  }
  .ask-send:disabled {
    background: var(--_neutral-soft);
    color: var(--_text-secondary);
    cursor: default;
  }
  .body {
    padding: 12px 16px 16px;
  }
  .bare .body {
    padding: 0;
  }
  .try {
    margin-block-end: 8px;
  }
  .suggestions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .suggestion {
    min-block-size: 32px;
    padding: 5px 14px;
    border: 1px solid transparent;
    border-radius: 16px;
    background: var(--_ai-soft);
    color: var(--_ai-text);
    line-height: 20px;
    text-align: start;
    cursor: pointer;
    transition: border-color var(--_motion);
  }
  .suggestion:hover {
    border-color: var(--_ai);
  }
  .asked {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    margin-block-end: 4px;
  }
  .asked-text {
    flex: 1;
    min-inline-size: 40%;
    color: var(--_text-secondary);
    overflow-wrap: anywhere;
  }
  .asked-tools {
    display: flex;
    margin-inline-end: -8px;
  }
  .chart::part(card) {
    padding: 0;
    border: 0;
    border-radius: 0;
    background: none;
  }
  /* Whichever is higher gives the height: nothing jumps where one takes the other's place. */
  .stage {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .stage > * {
    grid-area: 1 / 1;
    min-inline-size: 0;
  }
  .stage > .stand-in {
    align-self: start;
  }
  .empty-heading {
    font-size: 16px;
  }
  .refines {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block: 14px 10px;
  }
  .refine {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    max-inline-size: 100%;
    min-block-size: 30px;
    padding: 3px 4px 3px 12px;
    border: 1px solid var(--_border);
    border-radius: 16px;
    background: var(--_surface);
    font-size: 13px;
    line-height: 18px;
    text-align: start;
    cursor: pointer;
  }
  .refine:hover,
  .refine[aria-expanded="true"] {
    border-color: var(--_ai);
    background: var(--_ai-soft);
  }
  .refine svg.icon {
    inline-size: 18px;
    block-size: 18px;
    color: var(--_text-faint);
  }
  .refines .popup {
    inset-inline: 0 auto;
  }
  .menu-text {
    flex: 1;
    min-inline-size: 0;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .tick {
    flex: none;
    inline-size: 20px;
    color: var(--_ai-text);
  }
  .past {
    inline-size: 300px;
  }
  .popup hr {
    margin: 6px 0;
    border: 0;
    border-block-start: 1px solid var(--_divider);
  }
  .source {
    border-block-start: 1px solid var(--_divider);
    font-size: 13px;
  }
  .source > summary {
    padding-block: 10px 2px;
    color: var(--_text-secondary);
    cursor: pointer;
  }
  .source-body {
    display: grid;
    gap: 6px;
    padding-block: 6px;
  }
  .source-title,
  .sql-label {
    margin-block-start: 6px;
    font-size: 13px;
    font-weight: 500;
    line-height: 18px;
  }
  .caption,
  .options-label {
    color: var(--_text-secondary);
    font-size: 13px;
  }
  .notes {
    padding-inline-start: 18px;
    list-style: disc;
  }
  .sql {
    inline-size: 100%;
    margin: 0;
    padding: 10px 12px;
    border-radius: var(--_radius-button);
    background: var(--_surface-sunken);
    font: 13px / 1.5 var(--_font-mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  textarea.sql {
    resize: vertical;
  }
  .source-body > .button {
    justify-self: start;
  }
  .keep {
    position: relative;
    display: grid;
    gap: 10px;
    margin-block: 4px 12px;
    padding: 12px;
    border-radius: var(--_radius-button);
    background: var(--_surface-sunken);
  }
  .kept {
    display: flex;
    align-items: center;
    gap: 6px;
    padding-inline-end: 32px;
    font-weight: 500;
  }
  .kept-mark {
    color: var(--_success-text);
  }
  .keep-close {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 6px;
  }
  .open-answer {
    display: grid;
    justify-items: center;
    gap: 6px;
    padding: 20px 8px;
    text-align: center;
  }
  .open-answer .state-icon {
    background: var(--_ai-soft);
    color: var(--_ai-text);
  }
  .open-answer .suggestions {
    justify-content: center;
  }
  .options-label {
    margin-block: 10px 2px;
  }
  .phases-frame {
    display: grid;
    gap: 16px;
    padding-block-start: 4px;
  }
  .phases {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 18px;
    margin: 0;
    padding: 0;
    list-style: none;
    color: var(--_text-secondary);
    font-size: 13px;
  }
  .phase {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .phase-mark {
    display: grid;
    place-items: center;
    inline-size: 16px;
    block-size: 16px;
    border: 1.5px solid var(--_border);
    border-radius: 50%;
  }
  .phase-mark svg.icon {
    inline-size: 12px;
    block-size: 12px;
  }
  .phase.done .phase-mark {
    border-color: var(--_ai);
    color: var(--_ai-text);
  }
  .phase.now {
    color: var(--_text);
    font-weight: 500;
  }
  .phase.now .phase-mark {
    border-color: var(--_ai);
    border-block-start-color: var(--_ai-soft);
    animation: turn 900ms linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  .waiting {
    display: flex;
    align-items: end;
    gap: 5%;
    block-size: var(--b24-chart-height, 300px);
  }
  .waiting .skeleton {
    flex: 1;
    block-size: var(--_share);
    border-radius: 4px 4px 0 0;
  }
  @container (inline-size < 480px) {
    .body {
      padding-inline: 12px;
    }
    .bare .body {
      padding: 0;
    }
    .ask-mark {
      display: none;
    }
  }
`;

/** Styles of `<b24-ai-chart>`. */
export const aiChartStyles: CSSResultGroup = [standInStyles, chart];
