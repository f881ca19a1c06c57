import type { Column, TableData } from "../data/column.ts";
import type { ChartData } from "./aggregate.ts";
import type { ChartColumns } from "./choose-columns.ts";

/** Rows as points between two quantities; rows that lack one are left out. */
export interface Points {
  x: Column;
  y: Column;
  /** Row of each point. */
  rows: Uint32Array;
  /** Index of the point's group, where there are groups. */
  groups: Int32Array | undefined;
  names: readonly string[];
  /** Column that names a row. */
  label: Column | undefined;
}

/** Groups beyond so many are not told apart by anyone. */
const MOST_GROUPS = 8;

function labelColumn(data: TableData, taken: readonly (Column | undefined)[]): Column | undefined {
  return data.columns.find((column) => column.type === "text" && !taken.includes(column));
}

/** Points of a scatter: the axis and the first other quantity. */
export function toPoints(data: TableData, columns: ChartColumns): ChartData {
  const { x, series } = columns;
  const y = columns.y[0] ?? x;
  const rows = new Uint32Array(data.rows);
  let kept = 0;
  for (let row = 0; row < data.rows; row++)
    if (!Number.isNaN(x.numbers[row]!) && !Number.isNaN(y.numbers[row]!)) rows[kept++] = row;
  const taken = rows.slice(0, kept);
  const grouped = series && series.coded.values.length <= MOST_GROUPS ? series : undefined;
  const points: Points = {
    x,
    y,
    rows: taken,
    groups: grouped ? Int32Array.from(taken, (row) => Math.max(0, grouped.coded.codes[row]!)) : undefined,
    names: grouped?.coded.values ?? [],
    label: labelColumn(data, [x, y, grouped]),
  };
  return {
    type: "scatter",
    x,
    split: grouped,
    grain: undefined,
    categories: [],
    series: [{ column: y, key: undefined, unit: y.info.unit, values: new Float64Array() }],
    incomplete: false,
    stack: "none",
    target: undefined,
    points,
    rowsOf: (point) => taken.slice(point, point + 1),
  };
}
