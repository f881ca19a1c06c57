import type { Table } from "@uwdata/flechette";
import { type CSSResultGroup, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { chipStyles } from "../chip.styles.ts";
import { readTable, type TableData } from "../data/column.ts";
import { QueryController } from "../data/query-controller.ts";
import { tableOf } from "../data/query-state.ts";
import { type QueryParams, readParams } from "../data/read-params.ts";
import { B24Element } from "../element.ts";
import { toCsv } from "../export/csv.ts";
import type { ExportInput } from "../export/export-rows.ts";
import { saveFile } from "../export/save-file.ts";
import { coreTexts } from "../messages.ts";
import { popupStyles } from "../popup.styles.ts";
import { PopupController } from "../popup.ts";
import { emptyView, failureView, loadingNote, staleStrip, stateView } from "../state-view.ts";
import { filtersPanel } from "./filters-panel.ts";
import { GridController } from "./grid-controller.ts";
import { gridView } from "./grid-view.ts";
import { tableTexts } from "./messages.ts";
import { tableSkeleton } from "./skeleton.ts";
import { tableStyles } from "./table.styles.ts";
import { TableView } from "./table-view.ts";
import { toolbarView } from "./toolbar.ts";

const NO_ROWS = new Uint32Array();

/**
 * @summary Any query or Arrow table as a grid: sort, search, filters, column choice, export.
 * @documentation Rows are virtual, so a hundred thousand scroll smoothly. Cells are drawn by the columns' metadata:
 * money, dates, stages in the portal's colours, links that open the record in the portal.
 *
 * @slot actions - Further buttons in the toolbar.
 * @event {TableSortedEvent} b24-table-sorted - The reader has sorted the table.
 * @event {TableOpenEvent} b24-table-open - The reader opens a record; cancelable.
 * @csspart card - The whole card.
 * @csspart toolbar - Heading, counts, search and buttons.
 * @csspart filters - Panel of filters.
 * @csspart grid - The scrolling grid.
 * @csspart state - Message in place of rows: empty, error, no access.
 * @csspart stale - Strip that says the rows could not be renewed.
 * @cssproperty --b24-table-inset - Space before the heading and the first column; 16px by default, 12px where it is narrow.
 * @cssproperty --b24-table-max-height - Height from which rows scroll; 560px by default.
 */
export class B24Table extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, popupStyles, chipStyles, tableStyles];

  /** Name of the query to show, e.g. `deals`. */
  @property() query?: string;

  /** The query's own parameters: a JSON object, or `stage=NEW&limit=100`. */
  @property({ converter: { fromAttribute: readParams } }) params: QueryParams = {};

  /** A ready Arrow table; shown instead of a query's result. */
  @property({ attribute: false }) data?: Table;

  /** Heading; by default the query's own title. */
  @property() heading?: string;

  /** Indexes of the rows to show, of a ready table; all by default. */
  @property({ attribute: false }) only?: Uint32Array;

  @state() private filtersOpen = false;
  @state() private exporting = false;
  @state() private announcement = "";

  readonly #view = new TableView();
  readonly #popup = new PopupController(this);
  readonly #query = new QueryController(this, () => ({
    query: this.query,
    params: this.params,
    data: this.data,
  }));
  readonly #grid = new GridController(this, this.#view, (text) => {
    this.announcement = text;
  });

  /** Runs the query again now. */
  refresh(): void {
    this.#query.refresh();
  }

  /** The rows as they are on the screen (searched, filtered, sorted; visible columns) as a CSV or XLSX file. */
  async export(type: "csv" | "xlsx"): Promise<Blob | undefined> {
    const data = this.#data;
    if (!data) return undefined;
    const { language, format } = this.locale;
    const input: ExportInput = {
      data,
      columns: this.#view.visible(data),
      rows: this.#view.rows(data, language),
      language,
      format,
      words: this.locale.texts(coreTexts),
    };
    if (type === "csv") return toCsv(input);
    const { toXlsx } = await import("../export/xlsx.ts");
    return toXlsx(input, this.#heading(data));
  }

  get #data(): TableData | undefined {
    const table = tableOf(this.#query.state);
    return table && readTable(table);
  }

  /** Undefined until the data has told its title. */
  #known(data: TableData | undefined): string | undefined {
    return this.heading ?? data?.title?.[this.locale.language];
  }

  #heading(data: TableData | undefined): string {
    return this.#known(data) ?? this.locale.texts(tableTexts).table;
  }

  readonly #redraw = () => this.requestUpdate();

  readonly #reset = () => {
    this.#view.clearFilters();
    this.requestUpdate();
  };

  readonly #save = async (type: "csv" | "xlsx") => {
    this.#popup.close(true);
    this.exporting = true;
    try {
      const blob = await this.export(type);
      if (blob) saveFile(blob, `${this.#heading(this.#data)}.${type}`);
    } finally {
      this.exporting = false;
    }
  };

  #bodyView(data: TableData | undefined): TemplateResult {
    const queryState = this.#query.state;
    const t = this.locale.texts(tableTexts);
    if (queryState.kind === "idle") {
      const { idleTitle, idleText } = this.locale.texts(coreTexts);
      return stateView(this.locale, { icon: "table", title: idleTitle, text: idleText });
    }
    if (queryState.kind === "failed")
      return failureView(this.locale, queryState.failure, () => this.refresh());
    if (!data) return html`${loadingNote(this.locale)}${tableSkeleton()}`;
    if (data.rows === 0) return emptyView(this.locale);
    if (this.#view.visible(data).length === 0) {
      return stateView(this.locale, { icon: "columns", title: t.noColumnsTitle, text: t.noColumnsText });
    }
    return html`${gridView(this.#grid, data, this.#view, this.locale, this.#heading(data))}
    ${this.#grid.rows.length === 0 ? this.#nothingFound() : nothing}`;
  }

  #nothingFound(): TemplateResult {
    const t = this.locale.texts(tableTexts);
    const action = html`<button class="button" type="button" @click=${this.#reset}>${t.resetAll}</button>`;
    return stateView(this.locale, {
      icon: "search",
      title: t.nothingFoundTitle,
      text: t.nothingFoundText,
      action,
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("only")) this.#view.setOnly(this.only);
    if (!changed.has("query") || changed.get("query") === undefined) return;
    this.#view.reset();
    this.#grid.restart();
    this.#popup.close();
    this.filtersOpen = false;
    this.announcement = "";
  }

  protected override render(): TemplateResult {
    const data = this.#data;
    const queryState = this.#query.state;
    this.#grid.prepare(data, data ? this.#view.rows(data, this.locale.language) : NO_ROWS);
    return html`<section class="card" part="card" aria-label=${this.#heading(data)} aria-busy=${queryState.kind === "loading" ? "true" : "false"}>
      ${toolbarView({
        heading: data ? this.#heading(data) : this.#known(data),
        state: queryState,
        data,
        all: this.only?.length ?? data?.rows ?? 0,
        shown: this.#grid.rows.length,
        view: this.#view,
        locale: this.locale,
        popup: this.#popup,
        filtersOpen: this.filtersOpen,
        exporting: this.exporting,
        onChange: this.#redraw,
        onFilters: () => {
          this.filtersOpen = !this.filtersOpen;
        },
        onSave: this.#save,
      })}
      ${this.filtersOpen && data ? filtersPanel(this.#view, data, this.locale, this.#redraw) : nothing}
      ${queryState.kind === "stale" ? staleStrip(this.locale, queryState, () => this.refresh()) : nothing}
      ${this.#bodyView(data)}
      <div class="visually-hidden" role="status">${this.announcement}</div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-table": B24Table;
  }
}
