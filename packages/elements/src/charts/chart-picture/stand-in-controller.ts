import type { CallOptions } from "@b24kit/client";
import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from "lit";
import { engine } from "../../core/chart/engine.ts";

/**
 * Pictures of kept charts in the place of live ones that are on their way. A chart has one only before it is drawn for
 * the first time, and only while the page has no code of a chart yet: it is a few kilobytes, the code is hundreds.
 */
export class StandInController implements ReactiveController {
  readonly #host: LitElement;
  readonly #standing = new Map<string, "stands" | "leaves">();
  /** Charts that had their turn. */
  readonly #had = new Set<string>();
  #call: CallOptions = {};

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#standing.clear();
  }

  /** Its own code, to be there when the charts are known. */
  warm(): void {
    if (!engine.here) void import("./chart-picture.define.ts");
  }

  /** These charts are about to be drawn. @param call what a request of their pictures carries */
  begin(charts: readonly { id: string }[], call: CallOptions = {}): void {
    this.#call = call;
    const fresh = charts.map(({ id }) => id).filter((id) => !this.#had.has(id));
    for (const chart of fresh) this.#had.add(chart);
    if (engine.here || !fresh.length) return;
    this.warm();
    for (const chart of fresh) this.#standing.set(chart, "stands");
    this.#host.requestUpdate();
  }

  stands(chart: string): boolean {
    return this.#standing.get(chart) === "stands";
  }

  /** The live chart stands: its picture fades. */
  readonly settle = (chart: string): void => {
    if (!this.stands(chart)) return;
    const picture = this.#host.renderRoot.querySelector(`.stand-in[drawn][chart-id="${CSS.escape(chart)}"]`);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!picture || still) this.end(chart);
    else this.#standing.set(chart, "leaves");
    this.#host.requestUpdate();
  };

  /** No chart comes, or another one than the picture shows. */
  end(chart: string): void {
    if (this.#standing.delete(chart)) this.#host.requestUpdate();
  }

  clear(): void {
    for (const chart of this.#standing.keys()) this.end(chart);
  }

  /** Stands before what it hides; `nothing` where there is none. */
  view(chart: string): TemplateResult | typeof nothing {
    const standing = this.#standing.get(chart);
    if (!standing) return nothing;
    return html`<b24-chart-picture class="stand-in ${standing}" stand-in aria-hidden="true" chart-id=${chart} .call=${this.#call}
      @animationend=${() => this.end(chart)}></b24-chart-picture>`;
  }
}
