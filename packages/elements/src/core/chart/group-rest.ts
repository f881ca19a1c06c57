import type { ChartData } from "./aggregate.ts";

/** Most slices that a pie can be read with; the last one is "other". */
export const MOST_SLICES = 7;
export const MOST_BARS = 15;

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
  return { ...data, categories, series };
}

/**
 * Orders and shortens categories so that they can be read: largest first unless they are stages or times, and the
 * smallest beyond the limit gathered as "other", where they may be added.
 */
export function groupRest(data: ChartData): ChartData {
  if (data.grain) return data;
  const sums = totals(data);
  const bySize = data.categories.map((_, i) => i).sort((a, b) => sums[b]! - sums[a]!);
  const limit = data.type === "pie" ? MOST_SLICES : MOST_BARS;
  const keepsOrder = data.x.info.kind === "stage" && data.type !== "pie";
  if (bySize.length <= limit) return keepsOrder ? data : pick(data, bySize, []);
  const rest = bySize.slice(limit - 1);
  const restSum = rest.reduce((sum, place) => sum + sums[place]!, 0);
  const addable = data.series.every(({ column }) => column?.info.kind !== "percent");
  // A bar of "other" that dwarfs the rest would say nothing of them.
  const gathers = addable && (data.type === "pie" || restSum <= sums[bySize[0]!]!);
  const kept = bySize.slice(0, gathers ? limit - 1 : limit);
  if (keepsOrder) kept.sort((a, b) => a - b);
  return pick(data, kept, gathers ? rest : []);
}
