import type { Table } from "apache-arrow";
import type { EChartsCoreOption } from "echarts/core";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { cssVars } from "../css-vars.ts";
import { readTable, type TableData } from "../data/column.ts";
import { QueryController } from "../data/query-controller.ts";
import { tableOf } from "../data/query-state.ts";
import { type QueryParams, readParams } from "../data/read-params.ts";
import { B24Element } from "../element.ts";
import { csvOf } from "../export/csv.ts";
import { saveFile } from "../export/save-file.ts";
import { coreTexts } from "../messages.ts";
import { paletteStyles } from "../palette.styles.ts";
import { PaletteController } from "../palette.ts";
import { popupStyles } from "../popup.styles.ts";
import { PopupController } from "../popup.ts";
import { emptyView, failureView, loadingNote, staleStrip, stateView } from "../state-view.ts";
import { aggregate, type ChartData } from "./aggregate.ts";
import { chartStyles } from "./chart.styles.ts";
import { chartHead } from "./chart-head.ts";
import { ChartWords } from "./chart-words.ts";
import { type ChartType, chooseColumns } from "./choose-columns.ts";
import { CursorController } from "./cursor-controller.ts";
import { dataTable, exportTable } from "./data-table.ts";
import { groupRest } from "./group-rest.ts";
import { headlineOf } from "./headline.ts";
import { chartTexts } from "./messages.ts";
import { chartOption } from "./option.ts";
import { PlotController } from "./plot-controller.ts";
import { plotHeight } from "./plot-height.ts";

/** What one data and one set of attributes give; kept until either changes. */
interface Picture {
  key: string;
  source: TableData;
  all: ChartData;
  data: ChartData;
}

/**
 * @summary Any query or Arrow table as a chart under the figure that answers the question.
 * @documentation Bars, lines and pies chosen by the data where nothing is said. Keys read it point by point, and the
 * same figures stand in a table.
 *
 * @slot actions - Further buttons beside the heading.
 * @csspart plot - The drawing.
 * @csspart headline - The figure above it.
 * @csspart state - Message in place of the chart: empty, error, no access.
 * @csspart stale - Strip that says the data could not be renewed.
 * @cssproperty --b24-chart-height - Height of the plot; 280px by default, more for many lying bars.
 */
export class B24Chart extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, popupStyles, paletteStyles, chartStyles];

  /** Name of the query to draw, e.g. `deals-by-stage`. */
  @property() query?: string;

  /** The query's own parameters: a JSON object, or `stage=NEW&limit=100`. */
  @property({ converter: { fromAttribute: readParams } }) params: QueryParams = {};

  /** A ready Arrow table; drawn instead of a query's result. */
  @property({ attribute: false }) data?: Table;

  /** How to draw; `auto` takes lines for times and bars for the rest. */
  @property() type: ChartType | "auto" = "auto";

  /** Column along the axis; by default the first time or text. */
  @property() x?: string;

  /** Columns of the quantities, separated by commas; by default the first. Rows are counted where there is none. */
  @property() y?: string;

  /** Column whose values split the quantity. */
  @property() series?: string;

  /** Heading; by default the query's own title. */
  @property() heading?: string;

  /** Currency code or unit of the quantity, where the data does not say. */
  @property() unit?: string;

  @state() private asTable = false;

  readonly #query = new QueryController(this, () => ({
    query: this.query,
    params: this.params,
    data: this.data,
  }));
  readonly #popup = new PopupController(this);
  readonly #palette = new PaletteController(this);
  readonly #plot = new PlotController(this, () => this.renderRoot.querySelector<HTMLElement>(".plot"));
  readonly #cursor = new CursorController(this, this.#plot);
  #picture: Picture | undefined;
  /** What the last drawing was made from: drawing again would close the tooltip that is being read. */
  #drawn: readonly unknown[] = [];

  /** Runs the query again now. */
  refresh(): void {
    this.#query.refresh();
  }

  /** The chart as a file: `png`, `svg` as drawn, `csv` with every category. */
  async export(type: "png" | "svg" | "csv"): Promise<Blob | undefined> {
    const picture = this.#picture;
    if (!picture) return undefined;
    if (type === "csv") {
      const { headings, rows } = exportTable(picture.all, this.#words(picture.all), this.locale);
      return csvOf(headings, rows, this.locale.language);
    }
    if (type === "svg") {
      const markup = this.#plot.toSvg();
      return markup ? new Blob([markup], { type: "image/svg+xml" }) : undefined;
    }
    const headline = headlineOf(picture.all, this.#words(picture.all), this.locale);
    const width = Math.max(480, this.#plot.width);
    const { toPng } = await import("./chart-image.ts");
    return toPng({
      option: this.#option(picture.data, width),
      heading: this.#heading(picture.source),
      caption: headline ? `${headline.figure}, ${headline.caption}` : "",
      width,
      height: plotHeight(picture.data, false),
      font: getComputedStyle(this).fontFamily,
      ink: this.#palette.current.text,
      ground: this.#palette.current.surface,
    });
  }

  /** Undefined until the data has told its title. */
  #known(data: TableData | undefined): string | undefined {
    return this.heading ?? data?.title?.[this.locale.language];
  }

  #heading(data: TableData | undefined): string {
    return this.#known(data) ?? this.locale.texts(chartTexts).chart;
  }

  #words(data: ChartData): ChartWords {
    return new ChartWords(data, this.locale, this.unit);
  }

  #pictureOf(source: TableData): Picture | undefined {
    const y = (this.y ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean);
    const { timeZone } = this.locale.format;
    const key = JSON.stringify([this.type, this.x, y, this.series, timeZone]);
    if (this.#picture?.source === source && this.#picture.key === key) return this.#picture;
    const columns = chooseColumns(source, { type: this.type, x: this.x, y, series: this.series });
    if (!columns) return undefined;
    const all = aggregate(source, columns, timeZone, source.asOf ?? Date.now());
    return { key, source, all, data: groupRest(all) };
  }

  #option(data: ChartData, width: number): EChartsCoreOption {
    return chartOption({
      data,
      words: this.#words(data),
      palette: this.#palette.current,
      font: getComputedStyle(this).fontFamily,
      narrow: width < 480,
      width,
      animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      patterns: matchMedia("(prefers-contrast: more), (forced-colors: active)").matches,
    });
  }

  protected override updated(): void {
    const picture = this.#picture;
    const plot = this.renderRoot.querySelector<HTMLElement>(".plot");
    if (!picture || !plot || !this.#plot.width) return;
    const looks = [picture, plot, this.#palette.current, this.#plot.width, this.locale.format, this.unit];
    if (looks.every((look, i) => look === this.#drawn[i])) return;
    this.#drawn = looks;
    void this.#plot.draw(this.#option(picture.data, this.#plot.width));
  }

  readonly #save = async (type: "png" | "svg" | "csv") => {
    this.#popup.close(true);
    const blob = await this.export(type);
    if (blob) saveFile(blob, `${this.#heading(this.#picture?.source)}.${type}`);
  };

  #plotView({ data, all, source }: Picture): TemplateResult {
    const words = this.#words(data);
    const t = this.locale.texts(chartTexts);
    const heading = this.#heading(source);
    const summary = t.summary(heading, data.series.length, data.categories.length);
    const height = cssVars({ "--_plot": `${plotHeight(data, this.#plot.narrow)}px` });
    this.#cursor.take(data, words);
    const cut = data.categories.length < all.categories.length && !data.categories.at(-1)?.isOther;
    const table = dataTable(data, words, this.locale, heading, this.asTable);
    if (this.asTable) return html`<div class="frame" ${height}>${table}</div>`;
    return html`<div class="frame ${data.type}" ${height}>
        <div class="reader" tabindex="0" role="application" aria-label=${summary} aria-describedby="hint"
          @keydown=${this.#cursor.onKey} @blur=${this.#cursor.onBlur}>
          <div class="plot" part="plot" aria-hidden="true"></div>
        </div>
      </div>
      <span id="hint" hidden>${t.keyboardHint}</span>
      ${cut ? html`<p class="note">${t.cut(data.categories.length, all.categories.length)}</p>` : nothing}
      <div class="visually-hidden" role="status">${this.#cursor.reading}</div>
      ${table}`;
  }

  #bodyView(source: TableData | undefined): TemplateResult {
    const queryState = this.#query.state;
    const t = this.locale.texts(chartTexts);
    if (queryState.kind === "idle") {
      const { idleTitle, idleText } = this.locale.texts(coreTexts);
      return stateView(this.locale, { icon: "chart", title: idleTitle, text: idleText });
    }
    if (queryState.kind === "failed")
      return failureView(this.locale, queryState.failure, () => this.refresh());
    if (!source) {
      return html`${loadingNote(this.locale)}<div class="frame bars-skeleton" aria-hidden="true">
        ${[55, 80, 40, 95, 65, 75, 50].map((share) => html`<span class="skeleton" ${cssVars({ "--_share": `${share}%` })}></span>`)}
      </div>`;
    }
    if (source.rows === 0) return emptyView(this.locale);
    if (!this.#picture?.data.series.length || !this.#picture.data.categories.length) {
      return stateView(this.locale, { icon: "chart", title: t.nothingTitle, text: t.nothingText });
    }
    return this.#plotView(this.#picture);
  }

  protected override render(): TemplateResult {
    const table = tableOf(this.#query.state);
    const source = table && readTable(table);
    this.#picture = source?.rows ? this.#pictureOf(source) : undefined;
    const queryState = this.#query.state;
    const picture = this.#picture;
    return html`<section class="card" aria-label=${this.#heading(source)} aria-busy=${queryState.kind === "loading" ? "true" : "false"}>
      ${chartHead({
        heading: source ? this.#heading(source) : this.#known(source),
        headline: picture && headlineOf(picture.all, this.#words(picture.all), this.locale),
        loading: queryState.kind === "loading",
        asOf: queryState.kind === "ready" ? queryState.asOf : undefined,
        cutAt: source?.cut ? source.rows : undefined,
        asTable: this.asTable,
        locale: this.locale,
        popup: this.#popup,
        onToggle: picture
          ? () => {
              this.asTable = !this.asTable;
            }
          : undefined,
        onSave: this.#save,
      })}
      ${queryState.kind === "stale" ? staleStrip(this.locale, queryState, () => this.refresh()) : nothing}
      ${this.#bodyView(source)}
      ${this.#palette.probe()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-chart": B24Chart;
  }
}
