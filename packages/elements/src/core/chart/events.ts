import { FactEvent, RequestEvent } from "../events.ts";
import type { ChartType } from "./chart-type.ts";

/** A mark as the page can use it: names of columns with the values that the mark stands for. */
export interface ChartSelection {
  /** Column along the axis. */
  x: string;
  /** Its value; a period by its key ("2026-05"), undefined for rows without a value and for the gathered rest. */
  key: string | undefined;
  /** First moment of a period, and of the one after it, epoch ms. */
  from?: number;
  to?: number;
  /** First and last day of the period, "2026-05-01". */
  days?: readonly [string, string];
  /** Column and value of the series, where the mark is of one. */
  series?: { column: string; key: string };
  /** The figure there, where it is one. */
  value?: number;
  /** What the reader reads there. */
  text: string;
}

/** The reader asks for what is behind a mark. `preventDefault()` keeps the element's own list of records closed. */
export class ChartSelectEvent extends RequestEvent<ChartSelection> {
  constructor(detail: ChartSelection) {
    super("b24-chart-select", detail);
  }
}

/** The reader has chosen another form. */
export class ChartFormEvent extends FactEvent<{ type: ChartType }> {
  constructor(detail: { type: ChartType }) {
    super("b24-chart-form", detail);
  }
}

/** The reader asks for the code that puts this chart on another page. `preventDefault()` keeps it from being copied. */
export class ChartEmbedEvent extends RequestEvent<{ code: string }> {
  constructor(detail: { code: string }) {
    super("b24-chart-embed", detail);
  }
}

/** For the first time there is something to see: the drawing, or words in its place. */
export class ChartSettledEvent extends FactEvent<Record<string, never>> {
  constructor(detail: Record<string, never>) {
    super("b24-chart-settled", detail);
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    "b24-chart-select": ChartSelectEvent;
    "b24-chart-form": ChartFormEvent;
    "b24-chart-embed": ChartEmbedEvent;
    "b24-chart-settled": ChartSettledEvent;
  }
}
