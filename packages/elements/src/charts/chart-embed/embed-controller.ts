import type { SavedChart } from "@b24kit/client";
import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from "lit";
import type { B24ChartEmbed } from "./chart-embed.ts";

type Kept = Pick<SavedChart, "id" | "name">;

/** The dialog with a kept chart's code in an element's card; its own code comes when it is first asked for. */
export class EmbedController implements ReactiveController {
  readonly #host: LitElement;
  #chart: Kept | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#chart = undefined;
  }

  async show(chart: Kept): Promise<void> {
    await import("./chart-embed.define.ts");
    this.#chart = chart;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<B24ChartEmbed>("b24-chart-embed")?.show();
  }

  /** What shows the code of this chart; undefined where there is none to show. */
  opens(chart: Kept | undefined): (() => void) | undefined {
    return chart && (() => void this.show(chart));
  }

  view(): TemplateResult | typeof nothing {
    if (!this.#chart) return nothing;
    return html`<b24-chart-embed chart-id=${this.#chart.id} name=${this.#chart.name}></b24-chart-embed>`;
  }
}
