import { type CSSResult, css } from "lit";

/** Styles of `stateView`, `staleStrip` and of skeleton blocks (`.skeleton`). */
export const stateStyles: CSSResult = css`
  .state {
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 200px;
    padding: 24px 16px;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .state-icon {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    margin-block-end: 4px;
    border-radius: 50%;
    background: var(--_neutral-soft);
    color: var(--_text-secondary);
  }
  .state-icon svg.icon {
    inline-size: 24px;
    block-size: 24px;
  }
  .state.alert .state-icon {
    background: var(--_alert-soft);
    color: var(--_alert-text);
  }
  .state.warning .state-icon {
    background: var(--_warning-soft);
    color: var(--_warning-text);
  }
  .state-title {
    font-size: 16px;
    font-weight: 500;
  }
  .state-text {
    max-inline-size: 420px;
    color: var(--_text-secondary);
  }
  .state .button {
    margin-block-start: 8px;
  }
  .state-details {
    max-inline-size: 100%;
    color: var(--_text-secondary);
    font-size: 13px;
  }
  .state-details summary {
    cursor: pointer;
    padding: 4px;
  }
  .state-details pre {
    margin: 4px 0 0;
    padding: 8px 12px;
    border-radius: var(--_radius-input);
    background: var(--_surface-sunken);
    color: var(--_text);
    font: 12px / 1.5 var(--_font-mono);
    text-align: start;
    white-space: pre-wrap;
  }
  .strip {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 6px 12px;
    font-size: 13px;
  }
  .strip > span {
    flex: 1;
    min-inline-size: 0;
  }
  .strip.warning {
    background: var(--_warning-soft);
    color: var(--_warning-text);
  }
  .strip .button.quiet {
    color: inherit;
    text-decoration: underline;
  }
  .skeleton {
    display: block;
    border-radius: var(--_radius-chip);
    background: var(--_skeleton);
    animation: b24-pulse 1.6s ease-in-out infinite;
  }
  @keyframes b24-pulse {
    50% {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
  }
`;
