import { type CSSResultGroup, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { B24Element, failureView, icons } from "../../core/index.ts";
import { paletteStyles } from "../../core/palette.styles.ts";
import { PaletteController } from "../../core/palette.ts";
import { chartPictureStyles } from "./chart-picture.styles.ts";
import { chartPictureTexts } from "./messages.ts";
import { PictureController } from "./picture-controller.ts";

/** Widths that pictures are made in, px: a window that is dragged does not ask for each pixel. */
const STEP = 40;
const LEAST = 240;
const MOST = 1_600;

const isDark = (surface: string) => Number.parseInt(surface.slice(1, 3), 16) < 0x80;

/**
 * A kept chart as the API has drawn it: a picture with its words, and no code of a chart. That comes when the reader
 * asks for values, the table or a file.
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

  /** `coming` while the picture still stands for it. */
  @state() private live: "no" | "coming" | "here" = "no";

  #width = 0;
  readonly #palette = new PaletteController(this);
  readonly #picture = new PictureController(this, () => {
    if (!this.chartId || !this.#width) return undefined;
    const { language, format } = this.locale;
    return {
      chart: this.chartId,
      locale: language,
      timeZone: format.zone,
      theme: isDark(this.#palette.current.surface) ? "dark" : "light",
      width: this.#width,
    };
  });
  readonly #sizes = new ResizeObserver(() => requestAnimationFrame(this.#measure));

  readonly #measure = () => {
    const room = Math.min(MOST, Math.max(LEAST, this.clientWidth));
    const width = this.clientWidth && Math.floor(room / STEP) * STEP;
    if (width === this.#width) return;
    this.#width = width;
    this.requestUpdate();
  };

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

  protected override updated(): void {
    const { state } = this.#picture;
    // A table is no picture, but a chart it is.
    if (state.kind === "failed" && state.failure.code === "chart_not_drawable") void this.open();
  }

  #liveView(): TemplateResult | typeof nothing {
    if (this.live === "no") return nothing;
    return html`<b24-ai-chart class=${this.live} readonly chart-id=${this.chartId}
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

  protected override render(): TemplateResult {
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
