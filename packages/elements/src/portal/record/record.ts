import type { Table } from "@uwdata/flechette";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { chipStyles } from "../../core/chip.styles.ts";
import { type Column, readTable, type TableData } from "../../core/data/column.ts";
import { labelOf } from "../../core/data/column-info.ts";
import { QueryController } from "../../core/data/query-controller.ts";
import { tableOf } from "../../core/data/query-state.ts";
import { type QueryParams, readParams } from "../../core/data/read-params.ts";
import {
  B24Element,
  coreTexts,
  emptyView,
  failureView,
  loadingNote,
  panelStyles,
  staleStrip,
  stateView,
} from "../../core/index.ts";
import { cellView } from "../../core/table/cell.ts";
import { chooseFacts, type Facts } from "./choose-facts.ts";
import { recordTexts } from "./messages.ts";
import { recordStyles } from "./record.styles.ts";

/** Facts that are seen at once; the rest is folded. */
const SHOWN = 8;

/**
 * One record of any query: its name, which leads to the portal, its sum and its stage, then fact by fact what is filled
 * in. Where the query finds several, the first.
 *
 * @summary One record of a query as a card of facts.
 * @tag b24-record
 * @csspart card - The whole card.
 * @csspart title - The record's name.
 * @csspart figure - Its sum.
 * @csspart facts - The list of facts.
 * @csspart state - Message in place of the record: none, error, no access.
 * @csspart stale - Strip that says the data could not be renewed.
 */
export class B24Record extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, chipStyles, recordStyles];

  /** Name of the query that has the record, e.g. `deals`. */
  @property() query?: string;

  /** The query's own parameters: `id=7`, or a JSON object. */
  @property({ converter: { fromAttribute: readParams } }) params: QueryParams = {};

  /** A ready Arrow table; its first row is drawn instead of a query's. */
  @property({ attribute: false }) data?: Table;

  /** What the record is, in one word; by default the query's title. */
  @property() heading?: string;

  readonly #query = new QueryController(this, () => ({
    query: this.query,
    params: { ...this.params, limit: 1 },
    data: this.data,
  }));

  /** Runs the query again now. */
  refresh(): void {
    this.#query.refresh();
  }

  #value(column: Column, data: TableData): TemplateResult {
    return cellView(column, 0, data, this.locale, 0);
  }

  #fact(column: Column, data: TableData): TemplateResult {
    return html`<div class="fact"><dt>${labelOf(column, this.locale.language)}</dt><dd>${this.#value(column, data)}</dd></div>`;
  }

  #facts({ rest }: Facts, data: TableData): TemplateResult | typeof nothing {
    if (rest.length === 0) return nothing;
    const list = (columns: readonly Column[]) =>
      html`<dl class="facts" part="facts">${columns.map((column) => this.#fact(column, data))}</dl>`;
    // One fact is not worth a fold.
    const cut = rest.length > SHOWN + 1 ? SHOWN : rest.length;
    const folded = rest.slice(cut);
    return html`${list(rest.slice(0, cut))}
      ${
        folded.length > 0
          ? html`<details><summary>${this.locale.texts(recordTexts).more(folded.length)}</summary>${list(folded)}</details>`
          : nothing
      }`;
  }

  #headline({ figure, chips }: Facts, data: TableData): TemplateResult | typeof nothing {
    if (!figure && chips.length === 0) return nothing;
    return html`<div class="headline">
      ${
        figure
          ? html`<p><span class="figure tabular" part="figure">${this.#value(figure, data)}</span>
              <span class="caption">${labelOf(figure, this.locale.language)}</span></p>`
          : nothing
      }
      ${chips.map((chip) => this.#value(chip, data))}
    </div>`;
  }

  #body(data: TableData | undefined, facts: Facts | undefined): TemplateResult {
    const { state } = this.#query;
    const t = this.locale.texts(recordTexts);
    if (state.kind === "idle") {
      const { idleTitle, idleText } = this.locale.texts(coreTexts);
      return stateView(this.locale, { icon: "table", title: idleTitle, text: idleText });
    }
    if (state.kind === "failed") return failureView(this.locale, state.failure, () => this.refresh());
    if (!data || !facts)
      return html`${loadingNote(this.locale)}<dl class="facts" aria-hidden="true">${[60, 80, 45, 70].map(() => html`<div class="fact"><dt><span class="skeleton"></span></dt><dd><span class="skeleton long"></span></dd></div>`)}</dl>`;
    if (data.rows === 0) return emptyView(this.locale, { title: t.emptyTitle, text: t.emptyText });
    return html`${this.#headline(facts, data)}${this.#facts(facts, data)}`;
  }

  protected override render(): TemplateResult {
    const { state } = this.#query;
    const table = tableOf(state);
    const data = table && readTable(table);
    const facts = data && chooseFacts(data);
    const kind = this.heading ?? data?.title?.[this.locale.language] ?? "";
    return html`<section class="card" part="card" aria-labelledby="heading" aria-busy=${state.kind === "loading" ? "true" : "false"}>
      <header><div>
        <p class="lead" id=${facts?.title ? "kind" : "heading"}>${kind}</p>
        ${facts?.title && data ? html`<h2 id="heading" part="title">${this.#value(facts.title, data)}</h2>` : nothing}
      </div></header>
      ${state.kind === "stale" ? staleStrip(this.locale, state, () => this.refresh()) : nothing}
      ${this.#body(data, facts)}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-record": B24Record;
  }
}
