import { type CSSResult, css } from "lit";

/** What `<b24-chart-embed>` has over the dialog of links. */
export const chartEmbedStyles: CSSResult = css`
  .dialog {
    inline-size: min(720px, 94vw);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 14px 24px;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-block-end: 6px;
    padding: 0;
    font-size: 13px;
    color: var(--_text-secondary);
  }
  .copy-line {
    align-items: start;
  }
  .copy-line code {
    display: block;
    font-family: var(--_font-mono);
    font-size: 12px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .links li {
    padding-block: 6px;
  }
  .preview {
    padding: 16px;
    border-radius: var(--_radius-card);
    background: var(--_surface-sunken);
  }
  .preview.dark {
    background: #171717;
    color: #fff;
  }
  .preview.light {
    background: #f1f4f6;
    color: #333;
  }
  .preview img {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
    margin-inline: auto;
  }
  .label {
    font-size: 13px;
    color: var(--_text-secondary);
  }
  @media (max-width: 480px) {
    .preview {
      padding: 8px;
    }
  }
`;
