import type { TableData } from "../data/column.ts";
import type { ChartData } from "./aggregate.ts";
import type { ChartType } from "./chart-type.ts";
import { planFact } from "./plan-fact.ts";

/** What of the data decides which forms say something true. */
interface Shape {
  data: ChartData;
  source: TableData;
  places: number;
  series: number;
  /** All series of one quantity in one unit. */
  alike: boolean;
  /** Sums mean something, and nothing is below zero. */
  whole: boolean;
  quantities: number;
}

const FITS: Record<ChartType, (shape: Shape) => boolean> = {
  kpi: ({ places, whole, data }) => places === 1 || whole || data.grain !== undefined,
  bar: ({ places }) => places > 0,
  line: ({ places, data }) =>
    places > 1 && (data.grain !== undefined || data.categories[0]?.part !== undefined),
  area: ({ places, data, whole, alike }) => places > 1 && data.grain !== undefined && whole && alike,
  combo: ({ places, series, data }) =>
    places > 1 && series > 1 && data.series.every(({ key }) => key === undefined),
  pie: ({ places, series, whole, data }) => series === 1 && places > 1 && whole && data.grain === undefined,
  funnel: ({ places, series, whole, data }) =>
    series === 1 && places > 1 && places <= 15 && whole && data.grain === undefined,
  gauge: ({ data, whole }) => whole && planFact(data).plan !== undefined,
  scatter: ({ quantities, source }) => quantities > 1 && source.rows > 2,
  heatmap: ({ places, series, alike, data }) =>
    (places > 1 && series > 1 && alike) ||
    (data.x.type === "time" && !data.x.isCalendar && data.grain !== undefined),
  calendar: ({ places, series, data }) => data.grain === "day" && series === 1 && places > 13,
  radar: ({ places, series, data, whole }) =>
    (series > 2 && data.series.every(({ key }) => key === undefined) && places > 0) ||
    (whole && places > 2 && places <= 8 && data.grain === undefined),
  treemap: ({ places, series, whole, data }) =>
    series === 1 && places > 2 && whole && data.grain === undefined,
  sankey: ({ data, series, places }) =>
    places > 1 &&
    series > 1 &&
    data.split?.type === "text" &&
    data.x.type === "text" &&
    data.x !== data.split,
  pivot: ({ places, series, alike }) => places > 1 && series > 1 && alike,
  table: () => true,
};

function shapeOf(data: ChartData, source: TableData): Shape {
  const [first] = data.series;
  const averages = data.series.some(({ column }) => column?.info.kind === "percent");
  return {
    data,
    source,
    places: data.categories.length,
    series: data.series.length,
    alike: data.series.every(({ unit, column }) => unit === first?.unit && column === first?.column),
    whole: !averages && data.series.every(({ values }) => values.every((v) => Number.isNaN(v) || v >= 0)),
    quantities: source.columns.filter(({ type, info }) => type === "number" && info.kind !== "id").length,
  };
}

/** Whether a form says something true of the data. */
export function fits(type: ChartType, data: ChartData, source: TableData): boolean {
  return FITS[type](shapeOf(data, source));
}

/** What to draw in place of a form that does not fit: the nearest that says the same. */
export function insteadOf(type: ChartType, data: ChartData): ChartType {
  if ((type === "area" || type === "calendar" || type === "gauge") && data.grain) return "line";
  return data.categories.length ? "bar" : "table";
}
