import { type CSSResult, css } from "lit";

/** The foot of the card: two limits as meters. */
export const limitsStyles: CSSResult = css`
  .limits {
    display: grid;
    gap: 4px 24px;
    padding: 12px 16px;
    border-block-start: 1px solid var(--_divider);
    background: var(--_surface-sunken);
    color: var(--_text-secondary);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .limits h3 {
    font-size: 13px;
    line-height: 20px;
  }
  .limit {
    display: grid;
    gap: 2px;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  meter {
    appearance: none;
    inline-size: 100%;
    block-size: 4px;
    border: 0;
    border-radius: 100px;
    overflow: hidden;
    background: var(--_neutral-soft);
  }
  meter::-webkit-meter-inner-element {
    display: block;
  }
  meter::-webkit-meter-bar {
    block-size: 4px;
    border: 0;
    border-radius: 100px;
    background: var(--_neutral-soft);
  }
  meter::-webkit-meter-optimum-value {
    border-radius: 100px;
    background: var(--_primary);
  }
  meter::-webkit-meter-suboptimum-value {
    border-radius: 100px;
    background: var(--_warning);
  }
  meter::-moz-meter-bar {
    border-radius: 100px;
    background: var(--_primary);
  }
  @container b24-sync (min-width: 640px) {
    .limits {
      padding-inline: 24px;
      grid-template-columns: repeat(auto-fit, minmax(320px, 1fr));
      align-items: end;
    }
    .limits h3 {
      grid-column: 1 / -1;
    }
    .limits .facts {
      grid-column: 1 / -1;
    }
  }
`;
