import type { LitElement, ReactiveController } from "lit";
import type { ChartData } from "./aggregate.ts";
import type { ChartWords } from "./chart-words.ts";
import type { PlotController } from "./plot-controller.ts";

/** Reads the chart by keys: arrows move from place to place, the tooltip shows it and `reading` is announced. */
export class CursorController implements ReactiveController {
  /** What the live region says. */
  reading = "";
  readonly #host: LitElement;
  readonly #plot: PlotController;
  #data: ChartData | undefined;
  #words: ChartWords | undefined;
  #at: number | undefined;

  constructor(host: LitElement, plot: PlotController) {
    this.#host = host;
    this.#plot = plot;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#at = undefined;
    this.reading = "";
  }

  /** Takes what is drawn now; the place is kept while it exists. */
  take(data: ChartData, words: ChartWords): void {
    this.#data = data;
    this.#words = words;
    if (this.#at !== undefined && this.#at >= data.categories.length) this.#at = undefined;
  }

  readonly onKey = (event: KeyboardEvent): void => {
    const place = this.#placeFor(event.key);
    if (place === undefined) return;
    event.preventDefault();
    if (place === null) this.onBlur();
    else this.#go(place);
  };

  readonly onBlur = (): void => {
    this.#at = undefined;
    this.reading = "";
    this.#plot.unpoint();
    this.#host.requestUpdate();
  };

  /** Null: leave the points. Undefined: not our key. */
  #placeFor(key: string): number | null | undefined {
    const last = (this.#data?.categories.length ?? 0) - 1;
    const at = this.#at;
    switch (key) {
      case "ArrowRight":
      case "ArrowDown":
        return at === undefined ? 0 : Math.min(last, at + 1);
      case "ArrowLeft":
      case "ArrowUp":
        return at === undefined ? last : Math.max(0, at - 1);
      case "Home":
        return 0;
      case "End":
        return last;
      case "Escape":
        return at === undefined ? undefined : null;
      default:
        return undefined;
    }
  }

  #go(place: number): void {
    this.#at = place;
    this.reading = this.#words?.reading(place).join(", ") ?? "";
    // A running period is drawn by the dashed line that follows its series.
    const running =
      this.#data?.type === "line" && this.#data.incomplete && place === this.#data.categories.length - 1;
    this.#plot.point(running ? 1 : 0, place);
    this.#host.requestUpdate();
  }
}
