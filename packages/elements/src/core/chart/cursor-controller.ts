import type { LitElement, ReactiveController } from "lit";
import type { ChartData } from "./aggregate.ts";
import type { ChartWords } from "./chart-words.ts";
import { type Form, type Mark, placeMarks } from "./forms/form.ts";
import type { PlotController } from "./plot-controller.ts";
import { sayReading } from "./reading.ts";

/** Reads the chart by keys: arrows move from mark to mark, the tooltip shows it and `reading` is announced. */
export class CursorController implements ReactiveController {
  /** What the live region says. */
  reading = "";
  readonly #host: LitElement;
  readonly #plot: PlotController;
  readonly #onSelect: (mark: Mark) => void;
  #data: ChartData | undefined;
  #words: ChartWords | undefined;
  #form: Form | undefined;
  #marks: Mark[] | undefined;
  #at: number | undefined;

  constructor(host: LitElement, plot: PlotController, onSelect: (mark: Mark) => void) {
    this.#host = host;
    this.#plot = plot;
    this.#onSelect = onSelect;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#at = undefined;
    this.reading = "";
  }

  /** Takes what is drawn now; the place is kept while it exists. */
  take(data: ChartData, words: ChartWords, form: Form): void {
    this.#words = words;
    if (this.#data === data && this.#form === form) return;
    this.#data = data;
    this.#form = form;
    this.#marks = undefined;
    if (this.#at !== undefined && this.#at >= data.categories.length) this.#at = undefined;
  }

  get #list(): Mark[] {
    this.#marks ??= this.#data ? (this.#form?.marks ?? placeMarks)(this.#data) : [];
    return this.#marks;
  }

  readonly onKey = (event: KeyboardEvent): void => {
    const mark = this.#at === undefined ? undefined : this.#list[this.#at];
    if (event.key === "Enter" && mark) {
      event.preventDefault();
      this.#onSelect(mark);
      return;
    }
    const place = this.#placeFor(event.key);
    if (place === undefined || (place !== null && !this.#list[place])) return;
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

  /** Null: leave the marks. Undefined: not our key. */
  #placeFor(key: string): number | null | undefined {
    const last = this.#list.length - 1;
    const at = this.#at;
    const step = (this.#data && this.#form?.step?.(this.#data)) ?? { x: 1, y: 1 };
    const ahead = { ArrowRight: step.x, ArrowDown: step.y, ArrowLeft: -step.x, ArrowUp: -step.y }[key];
    if (ahead !== undefined) {
      if (at === undefined) return ahead > 0 ? 0 : last;
      const next = at + ahead;
      // From the edge of a grid there is no way on; along a line it ends at its last mark.
      if (next >= 0 && next <= last) return next;
      return Math.abs(ahead) === 1 ? Math.max(0, Math.min(last, next)) : at;
    }
    if (key === "Home") return 0;
    if (key === "End") return last;
    if (key === "Escape") return at === undefined ? undefined : null;
    return undefined;
  }

  #go(place: number): void {
    const mark = this.#list[place]!;
    this.#at = place;
    this.reading =
      this.#data && this.#words && this.#form
        ? sayReading(this.#form.read(this.#data, this.#words, mark))
        : "";
    this.#plot.point(mark.at);
    this.#host.requestUpdate();
  }
}
