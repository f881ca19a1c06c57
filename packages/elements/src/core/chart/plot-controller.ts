import type { EChartsType } from "echarts/core";
import type { LitElement, ReactiveController } from "lit";
import type { ChartExtension } from "./echarts.ts";
import { engine } from "./engine.ts";
import type { Mark } from "./forms/form.ts";
import type { Plan } from "./plan.ts";

/** Narrower plots put labels inside and lay bars down, px. */
const NARROW = 480;

/** ECharts' life inside an element: loaded with the first drawing, sized with its box, gone with the element. */
export class PlotController implements ReactiveController {
  /** Width and height of the plot in px; 0 until they were measured. */
  width = 0;
  height = 0;
  readonly #host: LitElement;
  readonly #box: () => HTMLElement | null;
  readonly #onSelect: (at: Mark["at"]) => void;
  #chart: EChartsType | undefined;
  #renderer: Plan["renderer"] | undefined;
  #observed: HTMLElement | undefined;
  #pending: Plan | undefined;
  #beginning: Promise<void> | undefined;
  readonly #sizes: ResizeObserver;

  constructor(host: LitElement, box: () => HTMLElement | null, onSelect: (at: Mark["at"]) => void) {
    this.#host = host;
    this.#box = box;
    this.#onSelect = onSelect;
    // In the next frame: a change of size from inside the observer's own round is an error event on the page.
    this.#sizes = new ResizeObserver(([entry]) => {
      requestAnimationFrame(() => this.#onSize(entry!.target as HTMLElement));
    });
    host.addController(this);
  }

  get narrow(): boolean {
    return this.width > 0 && this.width < NARROW;
  }

  hostUpdated(): void {
    const box = this.#box() ?? undefined;
    if (box === this.#observed) return;
    this.#drop();
    if (!box) return;
    this.#observed = box;
    this.#sizes.observe(box);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#drop();
  }

  /** Draws; the last plan given before the code has arrived wins. */
  async draw(plan: Plan): Promise<void> {
    this.#pending = plan;
    if (this.#chart && this.#renderer === plan.renderer) return this.#apply();
    this.#beginning ??= this.#begin().finally(() => {
      this.#beginning = undefined;
    });
    return this.#beginning;
  }

  async #begin(): Promise<void> {
    const { initChart, extend } = await engine.load();
    if (this.#pending?.renderer === "canvas") extend((await import("./canvas.ts")).canvasExtensions);
    const box = this.#box();
    if (!box?.isConnected || box !== this.#observed || !this.#pending) {
      this.#pending = undefined;
      return;
    }
    this.#chart?.dispose();
    this.#renderer = this.#pending.renderer;
    this.#chart = initChart(box, this.#renderer, this.#pending.extensions);
    this.#chart.on("click", (params) => this.#onSelect(params as unknown as Mark["at"]));
    this.#extend = extend;
    this.#apply();
  }

  #extend: ((extensions: readonly ChartExtension[]) => void) | undefined;

  /** Shows the tooltip of a mark. */
  point(at: Mark["at"]): void {
    this.#chart?.dispatchAction({ type: "showTip", ...at });
  }

  unpoint(): void {
    this.#chart?.dispatchAction({ type: "hideTip" });
  }

  /** The drawing as SVG markup; undefined where it is drawn on a canvas. */
  toSvg(): string | undefined {
    return this.#renderer === "svg" ? this.#chart?.renderToSVGString({ useViewBox: true }) : undefined;
  }

  #apply(): void {
    const box = this.#observed;
    if (!this.#pending || !this.#chart) return;
    // As in a closed tab: some forms cannot be drawn without room. It is drawn as soon as there is some.
    if (!box?.clientWidth || !box.clientHeight) return;
    this.#extend?.(this.#pending.extensions);
    this.#chart.resize();
    this.#chart.setOption(this.#pending.option, { notMerge: true });
    this.#pending = undefined;
  }

  #onSize(box: HTMLElement): void {
    const { clientWidth: width, clientHeight: height } = box;
    if (box !== this.#observed || width === 0 || height === 0) return;
    this.#apply();
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    this.#chart?.resize();
    this.#host.requestUpdate();
  }

  #drop(): void {
    if (this.#observed) this.#sizes.unobserve(this.#observed);
    this.#observed = undefined;
    this.#pending = undefined;
    this.#chart?.dispose();
    this.#chart = undefined;
    this.#renderer = undefined;
  }
}
