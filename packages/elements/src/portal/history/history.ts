import type { Table } from "@uwdata/flechette";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { cssVars } from "../../core/css-vars.ts";
import { readTable, type TableData } from "../../core/data/column.ts";
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
import { historyStyles } from "./history.styles.ts";
import { historyTexts } from "./messages.ts";

const DAY_SECONDS = 86_400;

/**
 * The way of a record from stage to stage, the last one first: when it came there and how long it stood. Draws the
 * columns `stage`, `entered`, `days`, `current` and `funnel` of its query.
 *
 * @summary Stages that a deal or a lead went through.
 * @tag b24-history
 * @csspart card - The whole card.
 * @csspart step - One stage.
 * @csspart state - Message in place of the steps: none, error, no access.
 * @csspart stale - Strip that says the data could not be renewed.
 */
export class B24History extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, panelStyles, historyStyles];

  /** Name of the query, e.g. `stage-history`. */
  @property() query?: string;

  /** The query's own parameters: `deal=7`, or a JSON object. */
  @property({ converter: { fromAttribute: readParams } }) params: QueryParams = {};

  /** A ready Arrow table; drawn instead of a query's result. */
  @property({ attribute: false }) data?: Table;

  /** Heading of the card; by default the element's own. */
  @property() heading = "";

  readonly #query = new QueryController(this, () => ({
    query: this.query,
    params: this.params,
    data: this.data,
  }));

  /** Runs the query again now. */
  refresh(): void {
    this.#query.refresh();
  }

  #step(data: TableData, row: number, funnels: boolean): TemplateResult {
    const t = this.locale.texts(historyTexts);
    const { format } = this.locale;
    const stage = data.byName.get("stage");
    const name = stage?.text(row) ?? "";
    const entered = data.byName.get("entered")?.number(row) ?? Number.NaN;
    const days = data.byName.get("days")?.number(row) ?? Number.NaN;
    const time = Number.isNaN(days) ? undefined : format.duration(days * DAY_SECONDS);
    const current = data.byName.get("current")?.boolean(row) === true;
    return html`<li class="step" part="step" ${cssVars({ "--_stage": stage?.info.colors.get(name) })}>
      <p class="stage">${name}${funnels ? html`<span class="funnel">${data.byName.get("funnel")?.text(row)}</span>` : nothing}</p>
      <p class="when">
        ${Number.isNaN(entered) ? nothing : html`<time datetime=${new Date(entered).toISOString()} title=${format.exact(entered)}>${format.dateTime(entered)}</time>`}
        ${time ? html`<span class=${current ? "now" : ""}>${current ? t.stands(time) : t.stood(time)}</span>` : nothing}
      </p>
    </li>`;
  }

  #steps(data: TableData): TemplateResult {
    const funnels = new Set(data.byName.get("funnel")?.coded.values ?? []).size > 1;
    const rows = Array.from({ length: data.rows }, (_, row) => row);
    return html`<ol>${rows.map((row) => this.#step(data, row, funnels))}</ol>
      ${data.cut ? html`<p class="hint">${this.locale.texts(historyTexts).earlier}</p>` : nothing}`;
  }

  #body(data: TableData | undefined): TemplateResult {
    const { state } = this.#query;
    const t = this.locale.texts(historyTexts);
    if (state.kind === "idle") {
      const { idleTitle, idleText } = this.locale.texts(coreTexts);
      return stateView(this.locale, { icon: "clock", title: idleTitle, text: idleText });
    }
    if (state.kind === "failed") return failureView(this.locale, state.failure, () => this.refresh());
    if (!data)
      return html`${loadingNote(this.locale)}<ol aria-hidden="true">${[0, 1, 2].map(() => html`<li class="step"><span class="skeleton"></span></li>`)}</ol>`;
    if (data.rows === 0)
      return emptyView(this.locale, { icon: "clock", title: t.emptyTitle, text: t.emptyText });
    return this.#steps(data);
  }

  protected override render(): TemplateResult {
    const { state } = this.#query;
    const table = tableOf(state);
    return html`<section class="card" part="card" aria-labelledby="heading" aria-busy=${state.kind === "loading" ? "true" : "false"}>
      <header><h2 id="heading">${this.heading || this.locale.texts(historyTexts).heading}</h2></header>
      ${state.kind === "stale" ? staleStrip(this.locale, state, () => this.refresh()) : nothing}
      ${this.#body(table && readTable(table))}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-history": B24History;
  }
}
