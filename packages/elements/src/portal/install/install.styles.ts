import { type CSSResult, css } from "lit";

export const installStyles: CSSResult = css`
  .card {
    max-inline-size: 560px;
    margin-inline: auto;
  }
  .lead {
    padding: 0 16px 16px;
  }
  ul.scopes,
  ul.made,
  ol {
    display: grid;
    gap: 4px;
    margin: 4px 0 0;
    padding-inline-start: 20px;
  }
  ul.scopes,
  ul.made {
    list-style: disc;
  }
  .understood {
    color: var(--_success-text);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .actions {
    margin-block-start: 8px;
  }
  .actions .button {
    flex: 1 1 auto;
  }
  .note-title {
    font-size: 16px;
  }
  .turning svg.icon {
    animation: b24-turn 1.2s linear infinite;
  }
  @keyframes b24-turn {
    to {
      transform: rotate(360deg);
    }
  }
  @container b24-panel (min-width: 640px) {
    .lead {
      padding-inline: 24px;
    }
  }
`;
