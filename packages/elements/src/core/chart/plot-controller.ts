import type { EChartsCoreOption, EChartsType } from "echarts/core";
import type { LitElement, ReactiveController } from "lit";

/** Narrower plots put labels inside and lay bars down, px. */
const NARROW = 480;

/** ECharts' life inside an element: loaded with the first drawing, sized with its box, gone with the element. */
export class PlotController implements ReactiveController {
  /** Width of the plot in px; 0 until it was measured. */
  width = 0;
  readonly #host: LitElement;
  readonly #box: () => HTMLElement | null;
  #chart: EChartsType | undefined;
  #observed: HTMLElement | undefined;
  #pending: EChartsCoreOption | undefined;
  #height = 0;
  readonly #sizes: ResizeObserver;

  constructor(host: LitElement, box: () => HTMLElement | null) {
    this.#host = host;
    this.#box = box;
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

  /** Draws; the last option given before the code has arrived wins. */
  async draw(option: EChartsCoreOption): Promise<void> {
    const first = this.#pending === undefined;
    this.#pending = option;
    if (this.#chart) return this.#apply(this.#chart);
    if (!first) return;
    const { init } = await import("./echarts.ts");
    const box = this.#box();
    if (!box?.isConnected || box !== this.#observed) {
      this.#pending = undefined;
      return;
    }
    this.#chart = init(box, null, { renderer: "svg" });
    this.#apply(this.#chart);
  }

  /** Shows the tooltip of a place. */
  point(series: number, index: number): void {
    this.#chart?.dispatchAction({ type: "showTip", seriesIndex: series, dataIndex: index });
  }

  unpoint(): void {
    this.#chart?.dispatchAction({ type: "hideTip" });
  }

  /** The drawing as SVG markup. */
  toSvg(): string | undefined {
    return this.#chart?.renderToSVGString({ useViewBox: true });
  }

  #apply(chart: EChartsType): void {
    if (!this.#pending) return;
    chart.resize();
    chart.setOption(this.#pending, { notMerge: true });
    this.#pending = undefined;
  }

  #onSize(box: HTMLElement): void {
    const { clientWidth: width, clientHeight: height } = box;
    if (box !== this.#observed || width === 0 || (width === this.width && height === this.#height)) return;
    this.#height = height;
    this.#chart?.resize();
    if (width === this.width) return;
    this.width = width;
    this.#host.requestUpdate();
  }

  #drop(): void {
    if (this.#observed) this.#sizes.unobserve(this.#observed);
    this.#observed = undefined;
    this.#pending = undefined;
    this.#chart?.dispose();
    this.#chart = undefined;
  }
}
