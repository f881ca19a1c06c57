import type { ChartData } from "./aggregate.ts";
import type { ChartType } from "./chart-type.ts";

/** Most slices that a pie can be read with; the last one is "other". */
const MOST_SLICES = 7;
const MOST_BARS = 15;
/** How many places each form can show; the rest is gathered or cut. Forms that are not named show all. */
const LIMITS: Partial<Record<ChartType, number>> = {
  bar: MOST_BARS,
  line: MOST_BARS,
  area: MOST_BARS,
  combo: MOST_BARS,
  pie: MOST_SLICES,
  radar: 8,
  treemap: 40,
  heatmap: 20,
  kpi: MOST_BARS,
};
/** Forms of a whole and its parts: what is left out must still be there. */
const WHOLES: Partial<Record<ChartType, true>> = { pie: true, treemap: true };

function totals({ categories, series }: ChartData): Float64Array {
  return Float64Array.from(categories, (_, i) =>
    series.reduce((sum, { values }) => sum + (values[i] || 0), 0),
  );
}

function pick(data: ChartData, places: readonly number[], rest: readonly number[]): ChartData {
  const categories = places.map((place) => data.categories[place]!);
  if (rest.length) categories.push({ key: undefined, isOther: true });
  const series = data.series.map((one) => {
    const values = places.map((place) => one.values[place]!);
    if (rest.length) values.push(rest.reduce((sum, place) => sum + (one.values[place] || 0), 0));
    return { ...one, values: Float64Array.from(values) };
  });
  const rowsOf: ChartData["rowsOf"] = (category, one) => {
    const place = places[category];
    if (place !== undefined) return data.rowsOf(place, one);
    return Uint32Array.from(rest.flatMap((each) => [...data.rowsOf(each, one)])).sort();
  };
  return { ...data, categories, series, rowsOf };
}

/**
 * Orders and shortens categories so that they can be read: largest first unless they are stages or times, and the
 * smallest beyond the limit gathered as "other", where they may be added.
 */
export function groupRest(data: ChartData): ChartData {
  if (data.grain || data.categories[0]?.part || !LIMITS[data.type]) return data;
  const sums = totals(data);
  const bySize = data.categories.map((_, i) => i).sort((a, b) => sums[b]! - sums[a]!);
  const limit = LIMITS[data.type] ?? MOST_BARS;
  const whole = WHOLES[data.type] === true;
  const keepsOrder = data.x.info.kind === "stage" && !whole;
  if (bySize.length <= limit) return keepsOrder ? data : pick(data, bySize, []);
  const rest = bySize.slice(limit - 1);
  const restSum = rest.reduce((sum, place) => sum + sums[place]!, 0);
  const addable = data.series.every(({ column }) => column?.info.kind !== "percent");
  // A bar of "other" that dwarfs the rest would say nothing of them.
  const gathers = addable && (whole || restSum <= sums[bySize[0]!]!);
  const kept = bySize.slice(0, gathers ? limit - 1 : limit);
  if (keepsOrder) kept.sort((a, b) => a - b);
  return pick(data, kept, gathers ? rest : []);
}
