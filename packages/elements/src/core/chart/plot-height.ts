import type { ChartData } from "./aggregate.ts";
import { liesDown } from "./bar-option.ts";

const HEIGHT = 280;
const BAR = 32;
/** A ring of 160 px and a line of the key for each slice below it. */
const NARROW_PIE = 180;
const KEY_LINE = 24;

/** Height of the plot in px: one for all, except where each name needs its own line. */
export function plotHeight(data: ChartData, narrow: boolean): number {
  if (data.type === "pie" && narrow) return NARROW_PIE + data.categories.length * KEY_LINE;
  if (data.type !== "bar" || !liesDown(data, narrow)) return HEIGHT;
  const lines = data.categories.length * Math.max(1, data.series.length * 0.6);
  return Math.max(HEIGHT, Math.round(lines * BAR) + (data.series.length > 1 ? 72 : 24));
}
