import type { CallOptions } from "@b24kit/client";
import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { engine } from "../../core/chart/engine.ts";
import { edgeOf } from "../../core/chart/still/frame.ts";
import { B24Element, failureView, icons } from "../../core/index.ts";
import { paletteStyles } from "../../core/palette.styles.ts";
import { PaletteController } from "../../core/palette.ts";
import { COLOURS } from "../../core/tokens.ts";
import { chartPictureStyles } from "./chart-picture.styles.ts";
import { ABOVE, cropFrame } from "./crop-frame.ts";
import { chartPictureTexts } from "./messages.ts";
import { PictureController } from "./picture-controller.ts";

/** Widths that pictures are made in, px: a window that is dragged does not ask for each pixel. */
const STEP = 40;
const LEAST = 240;
const MOST = 1_600;
const LEAST_HEIGHT = 160;
const MOST_HEIGHT = 1_200;

/** The largest step that has room. */
const toStep = (room: number, least: number, most: number) =>
  Math.floor(Math.min(most, Math.max(least, room)) / STEP) * STEP;

/** Colours by which a reader would tell that a picture is not of this page. */
const TOLD_BY = ["text", "series-1", "series-2"] as const;

const isDark = (surface: string) => Number.parseInt(surface.slice(1, 3), 16) < 0x80;

/**
 * A kept chart as the API has drawn it: a picture with its words, and no code of a chart. That comes when the reader
 * asks for values, the table or a file. It has the colours of the theme, not those that the page has set as `--b24-*`.
 *
 * @summary A kept chart as a picture, live when asked.
 * @tag b24-chart-picture
 * @csspart card - The picture with its button.
 * @csspart live - The button that makes it a live chart.
 * @csspart state - What went wrong.
 */
export class B24ChartPicture extends B24Element {
  static override styles: CSSResultGroup = [B24Element.styles, paletteStyles, chartPictureStyles];

  /** Id of a kept chart. */
  @property({ attribute: "chart-id" }) chartId = "";

  /** Stands for a live chart that is on its way: its words and shapes alone, as large as this element. */
  @property({ type: Boolean, attribute: "stand-in" }) standIn = false;

  /** What a request carries, e.g. a stranger's own token. */
  @property({ attribute: false }) call: CallOptions = {};

  /** Whether the picture is here. */
  @property({ type: Boolean, reflect: true }) drawn = false;

  /** `coming` while the picture still stands for it. */
  @state() private live: "no" | "coming" | "here" = "no";

  #width = 0;
  #height: number | undefined;
  readonly #palette = new PaletteController(this);
  readonly #picture = new PictureController(
    this,
    () => {
      if (!this.chartId || !this.#width) return undefined;
      const { language, format } = this.locale;
      const palette = this.#palette.current;
      const theme = isDark(palette.surface) ? "dark" : "light";
      const own = TOLD_BY.every((name) => palette[name] === COLOURS[name][theme === "dark" ? 1 : 0]);
      // The API knows no colours but ours: what stands in must not change its colours when it comes to life.
      if (this.standIn && !own) return undefined;
      const room = { width: this.#width, ...(this.#height ? { height: this.#height } : {}) };
      return { chart: this.chartId, locale: language, timeZone: format.zone, theme, ...room };
    },
    () => this.call,
  );
  readonly #sizes = new ResizeObserver(() => requestAnimationFrame(this.#measure));

  readonly #measure = () => {
    if (this.standIn) return this.#measureRoom();
    const width = this.clientWidth && toStep(this.clientWidth, LEAST, MOST);
    if (width === this.#width) return;
    this.#width = width;
    this.requestUpdate();
  };

  /** Once: what stands for a chart is gone before it could be asked for again. */
  #measureRoom(): void {
    const { clientWidth, clientHeight } = this;
    if (this.#width || !clientWidth) return;
    const edges = 2 * edgeOf(clientWidth);
    this.#width = toStep(clientWidth + edges, LEAST, MOST);
    if (clientHeight) this.#height = toStep(clientHeight + edges - ABOVE, LEAST_HEIGHT, MOST_HEIGHT);
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
  }

  /** Asks for the picture again. */
  refresh(): void {
    this.#picture.refresh();
  }

  /** Puts the live chart in the picture's place. */
  async open(): Promise<void> {
    if (this.live !== "no") return;
    this.live = "coming";
    await this.#loadLive();
  }

  readonly #loadLive = () => import("../ai-chart/ai-chart.define.ts");

  readonly #onLive = () => {
    this.live = "here";
  };

  protected override willUpdate(): void {
    this.drawn = this.#picture.state.kind === "drawn";
  }

  protected override updated(): void {
    const { state } = this.#picture;
    if (this.standIn) {
      // The picture is here, so that the line is free for what the live chart is drawn with.
      if (state.kind === "drawn") engine.load().catch(() => {});
      return;
    }
    // A table is no picture, but a chart it is.
    if (state.kind === "failed" && state.failure.code === "chart_not_drawable") void this.open();
  }

  #liveView(): TemplateResult | typeof nothing {
    if (this.live === "no") return nothing;
    return html`<b24-ai-chart class=${this.live} readonly no-picture chart-id=${this.chartId}
      @b24-chart-answered=${this.#onLive} @b24-chart-failed=${this.#onLive}></b24-ai-chart>`;
  }

  #pictureView(): TemplateResult | typeof nothing {
    const { state } = this.#picture;
    const t = this.locale.texts(chartPictureTexts);
    if (this.live === "here") return nothing;
    if (state.kind === "failed" && this.live === "no")
      return html`<div class="failed">${failureView(this.locale, state.failure, () => this.refresh())}</div>`;
    if (state.kind !== "drawn")
      return html`<div class="waiting-room" role="status" aria-label=${t.loading}><div class="skeleton"></div></div>`;
    return html`${state.picture}<button class="button quiet icon-only live" part="live" type="button" aria-label=${t.live} title=${t.live}
      aria-busy=${this.live === "coming" ? "true" : "false"} @click=${() => void this.open()}>${icons.chart}</button>`;
  }

  #standInView(): TemplateResult {
    const { state } = this.#picture;
    return html`${state.kind === "drawn" ? cropFrame(state.picture) : nothing}${this.#palette.probe()}`;
  }

  protected override render(): TemplateResult {
    if (this.standIn) return this.#standInView();
    const warm = () => void this.#loadLive();
    return html`<div class="card" part="card" aria-busy=${this.#picture.state.kind === "loading" ? "true" : "false"}
      @pointerenter=${warm} @focusin=${warm}>${this.#pictureView()}${this.#liveView()}</div>${this.#palette.probe()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "b24-chart-picture": B24ChartPicture;
  }
}
