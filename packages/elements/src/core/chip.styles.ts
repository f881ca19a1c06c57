import { type CSSResult, css } from "lit";

/** A value in its own colour, e.g. a stage: `.chip` with `--_chip` set, around `.chip-text`. */
export const chipStyles: CSSResult = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    block-size: 24px;
    padding-inline: 8px;
    border-radius: 6px;
    background: color-mix(in srgb, var(--_chip, var(--_text-faint)) 18%, var(--_surface));
    color: var(--_text);
    font-size: 13px;
    vertical-align: middle;
  }
  .chip::before {
    content: "";
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_chip, var(--_text-faint));
  }
  .chip-text {
    overflow: hidden;
    text-overflow: ellipsis;
  }
`;
