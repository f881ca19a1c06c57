import type { ChartSpec } from "@b24kit/client";
import type { ChartGrain } from "../core/chart/chart-grain.ts";
import type { ChartWishes } from "../core/chart/wishes.ts";

/** The contract's grain is a part of the day where ours tells hours of days and hours of the day apart. */
const grainOf = (grain: string | null | undefined): ChartGrain | undefined =>
  grain === "hour" ? "hour-of-day" : ((grain ?? undefined) as ChartGrain | undefined);

/** Quantities to draw: what was planned stands beside the fact. */
function quantities({ y, type }: ChartSpec): string {
  const drawn = type === "kpi" || type === "scatter" ? y.slice(0, type === "kpi" ? 1 : 2) : y;
  return drawn.flatMap(({ field, target }) => (target ? [field, target] : [field])).join();
}

/** A spec of the API as what the drawing code is asked for. */
export function specWishes(spec: ChartSpec): ChartWishes & { unit: string | undefined } {
  const unit = spec.y[0]?.unit;
  return {
    type: spec.type,
    x: spec.x?.field,
    y: quantities(spec),
    series: spec.series?.field,
    grain: grainOf(spec.x?.grain),
    seriesGrain: grainOf(spec.series?.grain),
    stack: spec.stack,
    target: spec.target ?? undefined,
    earlier: spec.y[0]?.before ?? undefined,
    unit: unit && !unit.startsWith("{") ? unit : undefined,
  };
}
