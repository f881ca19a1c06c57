import type { Column, TableData } from "../data/column.ts";
import type { ClockPart } from "./axis-places.ts";
import type { ChartType } from "./chart-type.ts";
import type { Grain } from "./time-grain.ts";

export type { ChartType } from "./chart-type.ts";

/** What the page asked for; names of columns, all optional. */
export interface ChartRequest {
  type: ChartType | "auto";
  x: string | undefined;
  y: readonly string[];
  series: string | undefined;
  grain?: Grain | undefined;
  part?: ClockPart | undefined;
  seriesPart?: ClockPart | undefined;
  /** The same quantity of the period before. */
  earlier?: string | undefined;
}

/** What is drawn: `y` is empty where rows are counted. */
export interface ChartColumns {
  type: ChartType;
  x: Column;
  y: readonly Column[];
  series: Column | undefined;
  /** Splits every series further: amounts in several currencies are never added. */
  currency: Column | undefined;
  grain: Grain | undefined;
  /** Where the axis, or the series, are hours of the day or days of the week. */
  part: ClockPart | undefined;
  seriesPart: ClockPart | undefined;
  earlier: Column | undefined;
}

const isQuantity = (column: Column) => column.type === "number" && column.info.kind !== "id";

/** Forms whose marks stand between two quantities, or between two names. */
const PAIRS: Partial<Record<ChartType, true>> = { heatmap: true, pivot: true, sankey: true };
/** Forms that take every quantity that the data has. */
const ALL_QUANTITIES: Partial<Record<ChartType, number>> = { radar: 8, combo: 2, pivot: 1 };

/** Forms that can show what was beside what is. */
const COMPARED: Partial<Record<ChartType, true>> = { bar: true, line: true, kpi: true };

function chooseX(data: TableData, { x: name, type }: ChartRequest): Column | undefined {
  if (name) return data.byName.get(name);
  const { columns } = data;
  if (type === "scatter") return columns.find(isQuantity);
  return (
    columns.find((c) => c.type === "time") ??
    columns.find((c) => c.info.kind === "stage" && c.type === "text") ??
    columns.find((c) => c.type === "text") ??
    columns.find((c) => c.type === "boolean") ??
    columns.find((c) => c.type === "number")
  );
}

function chooseY(data: TableData, { y: names, type }: ChartRequest, x: Column): Column[] {
  if (names.length)
    return names.flatMap((name) => data.byName.get(name) ?? []).filter((column) => column.type === "number");
  const quantities = data.columns.filter((column) => isQuantity(column) && column !== x);
  // One row of one figure has nothing to stand along an axis: the figure itself is drawn.
  if (!quantities.length && x.type === "number") return [x];
  return quantities.slice(0, ALL_QUANTITIES[type as ChartType] ?? 1);
}

/** The column of currencies of the first quantity, where there are several. */
function currencyOf(data: TableData, y: readonly Column[]): Column | undefined {
  const slot = y[0]?.info.unit?.match(/^\{(\w+)\}$/)?.[1];
  const currency = slot ? data.byName.get(slot) : undefined;
  return currency && currency.coded.values.length > 1 ? currency : undefined;
}

/** A second text column splits the first quantity, where rows repeat the first. */
function implicitSeries(data: TableData, x: Column, type: ChartRequest["type"]): Column | undefined {
  const texts = data.columns.filter((column) => column.type === "text" && column !== x);
  if (PAIRS[type as ChartType]) return texts[0];
  return x.type === "time" && data.columns.length === 3 && texts.length === 1 ? texts[0] : undefined;
}

/** The form where nobody named one. */
function autoType(data: TableData, x: Column): ChartType {
  if (x.type === "number" && data.rows === 1) return "kpi";
  return x.type === "time" ? "line" : "bar";
}

/** Chooses what to draw; undefined where the data has nothing to put along the axis. */
export function chooseColumns(data: TableData, request: ChartRequest): ChartColumns | undefined {
  const x = chooseX(data, request);
  if (!x) return undefined;
  const y = chooseY(data, request, x);
  const type = request.type === "auto" ? autoType(data, x) : request.type;
  const named = request.series ? data.byName.get(request.series) : undefined;
  // A calendar is made of days, however many.
  const grain = request.grain ?? (type === "calendar" ? "day" : undefined);
  const before = request.earlier ? data.byName.get(request.earlier) : undefined;
  const earlier = COMPARED[type] && y.length === 1 ? before : undefined;
  const shared = { type, x, y, grain, earlier };
  // Moments alone make the week's picture: which hours of which days.
  if (type === "heatmap" && x.type === "time" && !x.isCalendar && !named && !request.grain)
    return { ...shared, series: x, currency: undefined, part: "hour", seriesPart: "weekday" };
  const series = y.length > 1 ? undefined : (named ?? implicitSeries(data, x, request.type));
  const currency = y.length > 1 ? undefined : currencyOf(data, y);
  return {
    ...shared,
    series: series === currency ? undefined : series,
    currency,
    part: request.part,
    seriesPart: request.seriesPart,
  };
}
