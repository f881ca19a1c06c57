import { type CSSResult, css } from "lit";

export const chartSettingsStyles: CSSResult = css`
  fieldset {
    display: grid;
    gap: 4px;
  }
  .level {
    display: grid;
  }
  .level .hint {
    margin: 0;
  }
  .saved {
    color: var(--_success-text);
  }
  .changes {
    display: grid;
    gap: 6px;
  }
  .changes li {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    overflow-wrap: anywhere;
  }
  .changes .when {
    color: var(--_text-secondary);
    font-size: 13px;
  }
  .labelled .field {
    max-inline-size: 240px;
  }
`;
