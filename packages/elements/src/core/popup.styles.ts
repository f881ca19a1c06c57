import { type CSSResult, css } from "lit";

/** Popups and menus drawn by `PopupController`. */
export const popupStyles: CSSResult = css`
  .tools,
  .popup-anchor {
    position: relative;
  }
  /* A narrow element has room only where its own edge ends. */
  @container (inline-size < 480px) {
    .popup-anchor {
      position: static;
    }
  }
  .popup {
    position: absolute;
    z-index: 20;
    inset-block-start: calc(100% + 4px);
    inset-inline-end: 0;
    min-inline-size: 200px;
    max-inline-size: min(340px, 92cqi);
    max-block-size: 360px;
    overflow: auto;
    padding: 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    box-shadow: 0 8px 24px rgb(0 0 0 / 14%);
  }
  .popup .hint {
    padding: 4px 8px 8px;
    color: var(--_text-secondary);
    font-size: 12px;
  }
  .menu-item {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: 100%;
    min-block-size: 36px;
    padding: 4px 8px;
    border: 0;
    border-radius: var(--_radius-input);
    background: none;
    text-align: start;
    white-space: nowrap;
    cursor: pointer;
  }
  .menu-item:hover {
    background: var(--_surface-hover);
  }
`;
