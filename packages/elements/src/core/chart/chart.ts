import type { Table } from "@uwdata/flechette";
import { type CSSResultGroup, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { readTable, type TableData } from "../data/column.ts";
import { QueryController } from "../data/query-controller.ts";
import { tableOf } from "../data/query-state.ts";
import { type QueryParams, readParams } from "../data/read-params.ts";
import { B24Element } from "../element.ts";
import { saveFile } from "../export/save-file.ts";
import { coreTexts } from "../messages.ts";
import { paletteStyles } from "../palette.styles.ts";
import { PaletteController } from "../palette.ts";
import { popupStyles } from "../popup.styles.ts";
import { PopupController } from "../popup.ts";
import { emptyView, failureView, staleStrip, stateView } from "../state-view.ts";
import { formsStyles } from "./chart.forms.styles.ts";
import { chartStyles } from "./chart.styles.ts";
import type { ChartGrain } from "./chart-grain.ts";
import { chartHead, type SaveType } from "./chart-head.ts";
import { savesOf } from "./chart-saves.ts";
import { chartSkeleton } from "./chart-skeleton.ts";
import type { ChartType, Stack } from "./chart-type.ts";
import { ChartWords } from "./chart-words.ts";
import { CursorController } from "./cursor-controller.ts";
import { asText } from "./data-table.ts";
import type { Drawing } from "./drawing.ts";
import { embedCode } from "./embed-code.ts";
import { ChartEmbedEvent, ChartFormEvent, ChartSelectEvent, ChartSettledEvent } from "./events.ts";
import type { Mark } from "./forms/form.ts";
import { formOf, loadForm, wearStyles } from "./forms/load-form.ts";
import { headlineOf } from "./headline.ts";
import { lettersOf } from "./letter-width.ts";
import { chartTexts } from "./messages.ts";
import { headed, makePicture, offeredTypes, type Picture, type PictureRequest } from "./picture.ts";
import { toPlan } from "./plan.ts";
import { PlotController } from "./plot-controller.ts";
import { plotView } from "./plot-view.ts";
import { type RowsBehind, rowsDialog } from "./rows-dialog.ts";
import { hasRows, rowsBehind, selectionOf } from "./selection.ts";
import { toRequest } from "./wishes.ts";

/**
 * @summary Any query or Arrow table as a chart under the figure that answers the question.
 * @documentation Sixteen forms, chosen by the data where nothing is said; the reader may take any other that the data
 * fits. Keys read it mark by mark, and the same figures stand in a table. Amounts in several currencies are never added.
 *
 * @slot actions - Further buttons beside the heading.
 * @event {ChartSelectEvent} b24-chart-select - The reader asks for what is behind a mark; cancelable.
 * @event {ChartFormEvent} b24-chart-form - The reader has chosen another form.
 * @event {ChartEmbedEvent} b24-chart-embed - The reader asks for the code of this chart; cancelable.
 * @event {ChartSettledEvent} b24-chart-settled - There is something to see for the first time: a drawing, or words.
 * @csspart card - The whole card.
 * @csspart plot - The drawing.
 * @csspart headline - The figure above it.
 * @csspart state - Message in place of the chart: empty, error, no access.
 * @csspart stale - Strip that says the data could not be renewed.
 * @csspart rows - Dialog with the records behind a mark.
 * @cssproperty --b24-chart-height - Height of the plot; by default what its form needs.
 */
export class B24Chart extends B24Element {
  static override styles: CSSResultGroup = [
    B24Element.styles,
    popupStyles,
    paletteStyles,
    chartStyles,
    formsStyles,
  ];

  /** Name of the query to draw, e.g. `deals-by-stage`. */
  @property() query?: string;

  /** The query's own parameters: a JSON object, or `stage=NEW&limit=100`. */
  @property({ converter: { fromAttribute: readParams } }) params: QueryParams = {};

  /** A ready Arrow table; drawn instead of a query's result. */
  @property({ attribute: false }) data?: Table;

  /** How to draw; `auto` takes lines for times and bars for the rest. A form that the data does not fit is replaced. */
  @property() type: ChartType | "auto" = "auto";

  /** Column along the axis; by default the first time or text. */
  @property() x?: string;

  /** Columns of the quantities, separated by commas; by default the first. Rows are counted where there is none. */
  @property() y?: string;

  /** Column whose values split the quantity. */
  @property() series?: string;

  /** Step of the axis; by default what the values keep to. */
  @property() grain?: ChartGrain;

  /** Step of the series, where they are times: `weekday` or `hour-of-day`. */
  @property({ attribute: "series-grain" }) seriesGrain?: ChartGrain;

  /** Several series at a place: `none` (beside each other), `stack` or `percent`. */
  @property() stack: Stack = "none";

  /** What the quantity was to reach: a line, or the end of a gauge. */
  @property({ type: Number }) target?: number;

  /** Column with the same quantity of the period before; drawn faintly beside it, and the headline's measure. */
  @property() earlier?: string;

  /** Heading; by default the query's own title. */
  @property() heading?: string;

  /** Currency code or unit of the quantity, where the data does not say. */
  @property() unit?: string;

  /** Leaves out downloads and copies. */
  @property({ type: Boolean, attribute: "no-export" }) noExport = false;

  /** Leaves out the choice of another form. */
  @property({ type: Boolean }) readonly = false;

  /** SQL behind the data, where it is known; offered as a file. */
  @property({ attribute: false }) sql?: string;

  /** Code that puts this chart on another page; by default that of its query. */
  @property({ attribute: false }) embed?: string;

  /** A picture stands in its place until it is drawn: the first drawing does not grow in. */
  @property({ attribute: false }) pictured = false;

  @state() private asTable = false;
  @state() private chosen: ChartType | undefined;
  @state() private behind: RowsBehind | undefined;
  @state() private said = "";

  readonly #query = new QueryController(this, () => ({
    query: this.query,
    params: this.params,
    data: this.data,
  }));
  readonly #popup = new PopupController(this);
  readonly #palette = new PaletteController(this);
  readonly #plot = new PlotController(
    this,
    () => this.renderRoot.querySelector<HTMLElement>(".plot"),
    (at) => this.#select(this.#markAt(at)),
  );
  readonly #cursor = new CursorController(this, this.#plot, (mark) => this.#select(mark));
  #picture: Picture | undefined;
  #wishes = "";
  /** What the last drawing was made from: drawing again would close the tooltip that is being read. */
  #drawn: readonly unknown[] = [];
  #settled = false;

  /** Runs the query again now. */
  refresh(): void {
    this.#query.refresh();
  }

  /** The chart as a file: `png` and `svg` as drawn, `csv` and `xlsx` with every place, `arrow` with the rows. */
  async export(type: Exclude<SaveType, "sql">): Promise<Blob | undefined> {
    const picture = this.#picture;
    const table = tableOf(this.#query.state);
    if (!picture || !table) return undefined;
    return (await import("./chart-export.ts")).exportChart(type, {
      picture,
      table,
      locale: this.locale,
      words: this.#words(picture.all),
      heading: this.#heading(picture.source),
      svg: () => this.#plot.toSvg(),
      drawing: this.#drawing(picture.data, Math.max(480, this.#plot.width)),
    });
  }

  /** Undefined until the data has told its title. */
  #known(data: TableData | undefined): string | undefined {
    return this.heading ?? data?.title?.[this.locale.language];
  }

  #heading(data: TableData | undefined): string {
    return this.#known(data) ?? this.locale.texts(chartTexts).chart;
  }

  #words(data: Picture["data"]): ChartWords {
    return new ChartWords(data, this.locale, this.unit);
  }

  #request(): PictureRequest {
    const { x, y, series, grain, seriesGrain, stack, target, earlier } = this;
    const type = this.chosen ?? this.type;
    const wishes = { type, x, y, series, grain, seriesGrain, stack, target, earlier };
    return toRequest(wishes, this.locale.format.timeZone);
  }

  #pictureOf(source: TableData): Picture | undefined {
    const request = this.#request();
    const wishes = JSON.stringify(request);
    if (this.#picture?.source === source && this.#wishes === wishes) return this.#picture;
    this.#wishes = wishes;
    return makePicture(source, request);
  }

  #drawing(data: Picture["data"], width: number): Drawing {
    return {
      data,
      words: this.#words(data),
      palette: this.#palette.current,
      ...lettersOf(this),
      narrow: width < 480,
      width,
      height: this.#plot.height,
      animate: !(this.pictured && !this.#settled) && !matchMedia("(prefers-reduced-motion: reduce)").matches,
      patterns: matchMedia("(prefers-contrast: more), (forced-colors: active)").matches,
    };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("type") || changed.has("query")) this.chosen = undefined;
  }

  protected override updated(): void {
    const picture = this.#picture;
    const plot = this.renderRoot.querySelector<HTMLElement>(".plot");
    const form = picture && formOf(picture.data.type);
    if (!plot && this.#query.state.kind !== "loading" && (!picture || form)) this.#settle();
    if (!picture || !plot || !form || !this.#plot.width) return;
    const { width, height } = this.#plot;
    const looks = [picture, plot, this.#palette.current, width, height, this.locale.format, this.unit];
    if (looks.every((look, i) => look === this.#drawn[i])) return;
    this.#drawn = looks;
    const drawing = this.#drawing(picture.data, width);
    // Plans wait for code, each for its own: one that is no longer wanted must not come last.
    void toPlan(drawing, form)
      .then((plan) => (this.#drawn === looks ? this.#plot.draw(plan) : undefined))
      // ECharts paints in the next frame.
      .finally(() => this.#drawn === looks && requestAnimationFrame(() => this.#settle()));
  }

  #settle(): void {
    if (this.#settled || !this.isConnected) return;
    this.#settled = true;
    this.dispatchEvent(new ChartSettledEvent({}));
  }

  #markAt(at: Mark["at"]): Mark | undefined {
    const data = this.#picture?.data;
    const form = data && formOf(data.type);
    if (!data || !form) return undefined;
    return form.markAt ? form.markAt(data, at) : { category: at.dataIndex, at };
  }

  #select(mark: Mark | undefined): void {
    const picture = this.#picture;
    const form = picture && formOf(picture.data.type);
    const table = tableOf(this.#query.state);
    if (!mark || !picture || !form || !table) return;
    const words = this.#words(picture.data);
    const selection = selectionOf(picture.data, words, form, mark, this.locale.format.timeZone);
    if (!this.dispatchEvent(new ChartSelectEvent(selection)) || !hasRows(picture)) return;
    void this.showRows(rowsBehind(picture, words, form, mark, table));
  }

  /** Opens the dialog of records with these. */
  async showRows(behind: RowsBehind): Promise<void> {
    await import("../table/table.define.ts");
    this.behind = behind;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLDialogElement>(".rows-dialog")?.showModal();
  }

  readonly #choose = (type: ChartType) => {
    this.#popup.close(true);
    this.chosen = type;
    this.asTable = false;
    this.said = this.locale.texts(chartTexts).formAnnounced(this.locale.texts(chartTexts).forms[type]);
    this.dispatchEvent(new ChartFormEvent({ type }));
  };

  readonly #save = async (type: SaveType) => {
    this.#popup.close(true);
    const sql = () => new Blob([this.sql ?? ""], { type: "application/sql" });
    const blob = type === "sql" ? sql() : await this.export(type);
    if (blob) saveFile(blob, `${this.#heading(this.#picture?.source)}.${type}`);
  };

  readonly #copy = async (what: "data" | "embed") => {
    this.#popup.close(true);
    const picture = this.#picture;
    const t = this.locale.texts(chartTexts);
    if (!picture) return;
    const code = what === "embed" ? (this.embed ?? embedCode(this, picture.data.type)) : undefined;
    if (code !== undefined && !this.dispatchEvent(new ChartEmbedEvent({ code }))) return;
    const text = code ?? asText(picture.all, this.#words(picture.all), this.locale);
    this.said = await navigator.clipboard.writeText(text).then(
      () => t.copied,
      () => t.notCopied,
    );
  };

  #bodyView(source: TableData | undefined): TemplateResult {
    const queryState = this.#query.state;
    const t = this.locale.texts(chartTexts);
    if (queryState.kind === "idle") {
      const { idleTitle, idleText } = this.locale.texts(coreTexts);
      return stateView(this.locale, { icon: "chart", title: idleTitle, text: idleText });
    }
    if (queryState.kind === "failed")
      return failureView(this.locale, queryState.failure, () => this.refresh());
    if (!source) return chartSkeleton(this.locale);
    if (source.rows === 0) return emptyView(this.locale);
    const data = this.#picture?.data;
    const drawable = data?.points?.rows.length || (data?.series.length && data.categories.length);
    if (!this.#picture || !data || !drawable) {
      return stateView(this.locale, { icon: "chart", title: t.nothingTitle, text: t.nothingText });
    }
    const form = formOf(data.type);
    if (!form) {
      void loadForm(data.type).then(() => this.requestUpdate());
      return chartSkeleton(this.locale);
    }
    wearStyles(this.renderRoot as ShadowRoot, form);
    const words = this.#words(data);
    this.#cursor.take(data, words, form);
    return plotView({
      picture: this.#picture,
      form,
      words,
      locale: this.locale,
      table: tableOf(queryState)!,
      heading: this.#heading(source),
      asTable: this.asTable,
      narrow: this.#plot.narrow,
      cursor: this.#cursor,
    });
  }

  #headView(source: TableData | undefined): TemplateResult {
    const queryState = this.#query.state;
    const picture = this.#picture;
    const rows = picture?.data.type === "table";
    return chartHead({
      // The table of records says its name and its time by itself.
      heading: rows ? undefined : source ? this.#heading(source) : this.#known(source),
      headline:
        picture && headed(picture)
          ? headlineOf(picture.all, this.#words(picture.all), this.locale)
          : undefined,
      loading: queryState.kind === "loading",
      asOf: queryState.kind === "ready" && !rows ? queryState.asOf : undefined,
      cutAt: source?.cut ? source.rows : undefined,
      asTable: this.asTable,
      locale: this.locale,
      popup: this.#popup,
      type: picture && !this.readonly ? picture.data.type : undefined,
      offered: () => (source ? offeredTypes(source, this.#request()) : []),
      onType: this.#choose,
      saves: picture && !this.noExport ? savesOf(picture, this.sql) : [],
      copies: this.noExport ? [] : this.query || this.embed ? ["data", "embed"] : ["data"],
      onCopy: this.#copy,
      onToggle: picture
        ? () => {
            this.asTable = !this.asTable;
          }
        : undefined,
      onSave: this.#save,
    });
  }

  protected override render(): TemplateResult {
    const table = tableOf(this.#query.state);
    const source = table && readTable(table);
    this.#picture = source?.rows ? this.#pictureOf(source) : undefined;
    const queryState = this.#query.state;
    return html`<section class="card" part="card" role="group" aria-label=${this.#heading(source)} aria-busy=${queryState.kind === "loading" ? "true" : "false"}>
      ${this.#headView(source)}
      ${queryState.kind === "stale" ? staleStrip(this.locale, queryState, () => this.refresh()) : nothing}
      ${this.#bodyView(source)}
      <div class="visually-hidden said" aria-live="polite">${this.said}</div>
      ${
        this.behind
          ? rowsDialog(this.behind, this.locale, () => {
              this.behind = undefined;
            })
          : nothing
      }
      ${this.#palette.probe()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-chart": B24Chart;
  }
}
