import type { Column, TableData } from "../data/column.ts";

export type ChartType = "bar" | "line" | "pie";

/** What the page asked for; names of columns, all optional. */
export interface ChartRequest {
  type: ChartType | "auto";
  x: string | undefined;
  y: readonly string[];
  series: string | undefined;
}

/** What is drawn: `y` is empty where rows are counted. */
export interface ChartColumns {
  type: ChartType;
  x: Column;
  y: readonly Column[];
  series: Column | undefined;
}

const isQuantity = (column: Column) => column.type === "number" && column.info.kind !== "id";

function chooseX(data: TableData, name: string | undefined): Column | undefined {
  if (name) return data.byName.get(name);
  const { columns } = data;
  return (
    columns.find((c) => c.type === "time") ??
    columns.find((c) => c.info.kind === "stage" && c.type === "text") ??
    columns.find((c) => c.type === "text") ??
    columns.find((c) => c.type === "boolean")
  );
}

function chooseY(data: TableData, names: readonly string[], x: Column): Column[] {
  if (names.length)
    return names.flatMap((name) => data.byName.get(name) ?? []).filter((column) => column.type === "number");
  const quantities = data.columns.filter((column) => isQuantity(column) && column !== x);
  return quantities.slice(0, 1);
}

/** Amounts in several currencies are never added: the currency becomes the series. */
function currencySeries(data: TableData, y: readonly Column[]): Column | undefined {
  const slot = y[0]?.info.unit?.match(/^\{(\w+)\}$/)?.[1];
  const currency = slot ? data.byName.get(slot) : undefined;
  return currency && currency.coded.values.length > 1 ? currency : undefined;
}

/** A second text column splits the first quantity, where rows repeat the first. */
function implicitSeries(data: TableData, x: Column): Column | undefined {
  const texts = data.columns.filter((column) => column.type === "text" && column !== x);
  return x.type === "time" && data.columns.length === 3 && texts.length === 1 ? texts[0] : undefined;
}

/** Chooses what to draw; undefined where the data has nothing to put along the axis. */
export function chooseColumns(data: TableData, request: ChartRequest): ChartColumns | undefined {
  const x = chooseX(data, request.x);
  if (!x) return undefined;
  const y = chooseY(data, request.y, x);
  const named = request.series ? data.byName.get(request.series) : undefined;
  const series = y.length > 1 ? undefined : (named ?? currencySeries(data, y) ?? implicitSeries(data, x));
  const type = request.type === "auto" ? (x.type === "time" ? "line" : "bar") : request.type;
  return { type, x, y, series };
}
