import { type CSSResult, css } from "lit";

export const historyStyles: CSSResult = css`
  header {
    padding-block-end: 8px;
  }
  ol {
    margin: 0;
    padding: 4px 16px 16px;
    list-style: none;
  }
  .step {
    position: relative;
    padding: 0 0 16px 24px;
  }
  .step::before {
    content: "";
    position: absolute;
    inset-block-start: 5px;
    inset-inline-start: 2px;
    inline-size: 10px;
    block-size: 10px;
    border-radius: 50%;
    background: var(--_stage, var(--_text-faint));
  }
  .step:not(:last-child)::after {
    content: "";
    position: absolute;
    inset-block: 19px 1px;
    inset-inline-start: 6px;
    inline-size: 2px;
    background: var(--_divider);
  }
  .step:last-child {
    padding-block-end: 0;
  }
  .step:first-child .stage {
    font-weight: 500;
  }
  .stage {
    overflow-wrap: anywhere;
  }
  .funnel {
    margin-inline-start: 8px;
    color: var(--_text-secondary);
    font-size: 13px;
    font-weight: 400;
  }
  .when {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    color: var(--_text-secondary);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .now {
    color: var(--_text);
  }
  .hint {
    padding: 0 16px 16px;
  }
  .state {
    min-block-size: 120px;
  }
  @container b24-panel (min-width: 640px) {
    header {
      padding-block-end: 8px;
    }
    ol {
      padding: 4px 24px 20px;
    }
    .hint {
      padding-inline: 24px;
    }
  }
`;
