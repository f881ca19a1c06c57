import { type CSSResult, css } from "lit";

/** Buttons (`.button`, `.button.primary`, `.button.quiet`, `.button.icon-only`, `.button.danger`) and fields (`.field`). */
export const controlStyles: CSSResult = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 32px;
    padding: 4px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-button);
    background: var(--_surface);
    color: var(--_text);
    font-size: 14px;
    line-height: 20px;
    white-space: nowrap;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  .button:hover {
    background: var(--_surface-hover);
  }
  .button.primary {
    background: var(--_primary-strong);
    border-color: transparent;
    color: var(--_on-primary);
    font-weight: 500;
  }
  .button.primary:hover {
    background: var(--_primary-strong-hover);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--_text-secondary);
  }
  .button.quiet:hover,
  .button[aria-expanded="true"],
  .button[aria-pressed="true"] {
    background: var(--_surface-hover);
    color: var(--_text);
  }
  .button.danger {
    color: var(--_alert-text);
  }
  .button.icon-only {
    padding: 4px;
    inline-size: 32px;
  }
  .button:disabled,
  .button[aria-disabled="true"] {
    opacity: 0.55;
    cursor: default;
  }
  .field {
    min-block-size: 32px;
    padding: 4px 8px;
    border: 1px solid var(--_control);
    border-radius: var(--_radius-input);
    background: var(--_surface);
    color: var(--_text);
    min-inline-size: 0;
  }
  .field::placeholder {
    color: var(--_text-secondary);
    opacity: 1;
  }
  .field:focus-visible {
    outline-offset: -1px;
    border-color: var(--_focus);
  }
  @media (pointer: coarse) {
    .button,
    .field {
      min-block-size: 44px;
    }
    .button.icon-only {
      inline-size: 44px;
    }
    .field {
      font-size: 16px;
    }
  }
`;
