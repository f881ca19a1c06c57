import { type CSSResult, css } from "lit";

/** Styles of `<b24-schema>`. */
export const schemaStyles: CSSResult = css`
  header .search {
    position: relative;
    flex: 1 1 200px;
    max-inline-size: 360px;
  }
  .search svg.icon {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-start: 8px;
    color: var(--_text-faint);
    pointer-events: none;
  }
  .search .field {
    inline-size: 100%;
    padding-inline-start: 34px;
  }
  .choice {
    align-items: center;
    cursor: pointer;
  }
  .choice input {
    margin: 0;
  }
  .columns {
    display: grid;
    grid-template-columns: 220px minmax(0, 1fr);
    border-block-start: 1px solid var(--_divider);
  }
  .contents {
    max-block-size: var(--b24-schema-height, 640px);
    padding: 12px 8px;
    border-inline-end: 1px solid var(--_divider);
    overflow: auto;
  }
  .jump {
    inline-size: 100%;
    padding: 6px 10px;
    border: 0;
    border-radius: var(--_radius-input);
    background: none;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .jump:hover {
    background: var(--_surface-hover);
  }
  .text {
    max-block-size: var(--b24-schema-height, 640px);
    padding: 4px 24px 24px;
    overflow: auto;
  }
  .part {
    scroll-margin-block-start: 8px;
  }
  .part h1 {
    margin: 16px 0 8px;
    font-size: 24px;
    font-weight: 300;
    line-height: 32px;
  }
  .part h2 {
    margin: 24px 0 8px;
  }
  .part h3 {
    margin: 16px 0 4px;
  }
  .part p,
  .part ul,
  .part ol {
    margin-block-end: 8px;
  }
  .part ul,
  .part ol {
    padding-inline-start: 20px;
    list-style: disc;
  }
  .part table {
    display: block;
    max-inline-size: 100%;
    margin-block: 8px 16px;
    border-collapse: collapse;
    overflow-x: auto;
    font-size: 13px;
  }
  .part :is(th, td) {
    padding: 6px 12px;
    border-block-end: 1px solid var(--_divider);
    text-align: start;
    vertical-align: top;
  }
  .part th {
    background: var(--_surface-sunken);
    color: var(--_text-secondary);
    font-weight: 500;
    white-space: nowrap;
  }
  .part :is(code, pre) {
    border-radius: var(--_radius-chip);
    background: var(--_surface-sunken);
    font: 12px / 1.5 var(--_font-mono);
  }
  .part code {
    padding: 1px 5px;
  }
  .part pre {
    padding: 10px 12px;
    overflow: auto;
  }
  .waiting {
    display: grid;
    gap: 12px;
    padding: 8px 16px 24px;
  }
  @container b24-panel (inline-size < 700px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    .contents {
      display: none;
    }
    .text {
      padding-inline: 16px;
    }
  }
`;
