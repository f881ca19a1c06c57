import type { ChartData } from "../aggregate.ts";

/** Each point is a shape of its own in a still; on a page a canvas takes more. */
const MOST_POINTS = 2_000;

/** At most so many points, evenly chosen: the cloud keeps its shape. */
export function thinPoints(data: ChartData): ChartData {
  const { points } = data;
  if (!points || points.rows.length <= MOST_POINTS) return data;
  const step = points.rows.length / MOST_POINTS;
  const taken = Uint32Array.from({ length: MOST_POINTS }, (_, i) => Math.floor(i * step));
  const rows = taken.map((point) => points.rows[point]!);
  const groups = points.groups && Int32Array.from(taken, (point) => points.groups![point]!);
  return { ...data, points: { ...points, rows, groups } };
}
