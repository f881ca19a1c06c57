import { type CSSResult, css } from "lit";

export const recordStyles: CSSResult = css`
  header {
    padding-block-end: 8px;
  }
  h2 a {
    color: var(--_text);
  }
  h2 a:hover {
    color: var(--_link);
  }
  .headline {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 0 16px 12px;
  }
  .figure {
    font-size: 24px;
    line-height: 32px;
    font-weight: 300;
  }
  .caption {
    margin-inline-start: 4px;
    color: var(--_text-secondary);
    font-size: 13px;
  }
  dl.facts {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px 24px;
    margin: 0;
    padding: 12px 16px 16px;
    border-block-start: 1px solid var(--_divider);
    color: var(--_text);
    font-size: 14px;
  }
  .fact {
    min-inline-size: 0;
  }
  dt {
    color: var(--_text-secondary);
    font-size: 13px;
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  dt .skeleton {
    inline-size: 80px;
    block-size: 12px;
    margin-block: 3px;
  }
  dd .skeleton.long {
    inline-size: 70%;
    block-size: 14px;
    margin-block: 3px;
  }
  details {
    border-block-start: 1px solid var(--_divider);
  }
  details dl.facts {
    border: 0;
    padding-block-start: 0;
  }
  summary {
    padding: 10px 16px;
    color: var(--_text-secondary);
    font-size: 13px;
    cursor: pointer;
  }
  summary:hover {
    color: var(--_text);
  }
  .state {
    min-block-size: 120px;
  }
  @container b24-panel (min-width: 420px) {
    dl.facts {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  @container b24-panel (min-width: 640px) {
    header {
      padding-block-end: 8px;
    }
    .headline,
    dl.facts,
    summary {
      padding-inline: 24px;
    }
  }
  @container b24-panel (min-width: 860px) {
    dl.facts {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }
`;
