import { type ChartGrain, partOf, periodOf } from "./chart-grain.ts";
import type { ChartType, Stack } from "./chart-type.ts";
import type { PictureRequest } from "./picture.ts";

/** What a page says of a chart, by the names of its attributes. */
export interface ChartWishes {
  type: ChartType | "auto";
  x?: string | undefined;
  /** Columns, separated by commas. */
  y?: string | undefined;
  series?: string | undefined;
  grain?: ChartGrain | undefined;
  seriesGrain?: ChartGrain | undefined;
  stack: Stack;
  target?: number | undefined;
  earlier?: string | undefined;
}

/** The same, as the drawing code asks. */
export function toRequest(wishes: ChartWishes, timeZone: string | undefined): PictureRequest {
  const { type, x, y = "", series, stack, target, earlier, grain, seriesGrain } = wishes;
  return {
    type,
    x,
    y: y.split(",").flatMap((name) => name.trim() || []),
    series,
    stack,
    target,
    earlier,
    part: partOf(grain),
    seriesPart: partOf(seriesGrain),
    grain: periodOf(grain),
    timeZone,
  };
}
