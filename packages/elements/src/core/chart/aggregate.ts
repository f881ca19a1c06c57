import type { Column, TableData } from "../data/column.ts";
import { type Axis, type Category, type ClockPart, clockAxis, textAxis, timeAxis } from "./axis-places.ts";
import type { ChartType, Stack } from "./chart-type.ts";
import type { ChartColumns } from "./choose-columns.ts";
import type { Points } from "./points.ts";
import { type Grain, nextPeriod, periodStart } from "./time-grain.ts";

export type { Category } from "./axis-places.ts";

export interface Series {
  /** Column that the values come from; undefined where rows are counted. */
  column: Column | undefined;
  /** Value of the series column; undefined where the column itself is the series. */
  key: string | undefined;
  part?: ClockPart | undefined;
  /** First moment of the period that the series is of, and its step. */
  time?: number | undefined;
  grain?: Grain | undefined;
  unit: string | undefined;
  colour?: string;
  /** The same quantity of the period before: beside the others, never added to them. */
  earlier?: true;
  /** One per category; NaN where there is none. */
  values: Float64Array;
}

/** Aggregated data, ready to draw: plain arrays, no rows. */
export interface ChartData {
  type: ChartType;
  x: Column;
  /** Column whose values the series are, where there is one. */
  split: Column | undefined;
  grain: Grain | undefined;
  categories: Category[];
  series: Series[];
  /** Whether the last period had not ended when the data was read. */
  incomplete: boolean;
  stack: Stack;
  /** What the quantity was to reach. */
  target: number | undefined;
  /** Instead of places: a point for each row. */
  points?: Points;
  /** Rows behind a place and, where given, a series of it. */
  rowsOf: (category: number, series?: number) => Uint32Array;
}

function addUp(column: Column | undefined, axis: Axis, split: Axis | undefined, index: number): Float64Array {
  const sums = new Float64Array(axis.categories.length);
  const counts = new Int32Array(axis.categories.length);
  const numbers = column?.numbers;
  for (let row = 0; row < axis.places.length; row++) {
    const place = axis.places[row]!;
    if (place < 0 || (split && split.places[row] !== index)) continue;
    const value = numbers ? numbers[row]! : 1;
    if (Number.isNaN(value)) continue;
    sums[place]! += value;
    counts[place]!++;
  }
  const averaged = column?.info.kind === "percent";
  const absent = averaged ? Number.NaN : 0;
  return sums.map((sum, i) => (counts[i] === 0 ? absent : averaged ? sum / counts[i]! : sum));
}

/** A quantity's unit, also where another column names the same one in every row. */
function soleUnit(column: Column | undefined, data: TableData): string | undefined {
  const unit = column?.info.unit;
  const slot = unit?.match(/^\{(\w+)\}$/)?.[1];
  if (!slot) return unit;
  const units = data.byName.get(slot)?.coded.values ?? [];
  return units.length === 1 ? units[0] : undefined;
}

/** Two columns as one: every pair that occurs is a value of its own. */
function crossed(first: Axis, second: Axis): { axis: Axis; pairs: [number, number][] } {
  const placeOf = new Map<number, number>();
  const pairs: [number, number][] = [];
  const categories: Category[] = [];
  const places = first.places.map((one, row) => {
    const two = second.places[row]!;
    const pair = one * second.categories.length + two;
    let place = placeOf.get(pair);
    if (place === undefined) {
      place = pairs.push([one, two]) - 1;
      placeOf.set(pair, place);
      categories.push(first.categories[one]!);
    }
    return place;
  });
  return { axis: { places, categories, grain: undefined }, pairs };
}

interface Split {
  axis: Axis;
  /** Name and unit of each series. */
  of: (index: number) => Pick<Series, "key" | "unit" | "part" | "time" | "grain">;
}

function axisOf(
  column: Column,
  part: ClockPart | undefined,
  grain: Grain | undefined,
  timeZone?: string,
): Axis {
  if (part) return clockAxis(column, part, timeZone);
  return column.type === "time" ? timeAxis(column, grain, timeZone) : textAxis(column);
}

function splitOf(data: TableData, columns: ChartColumns, timeZone: string | undefined): Split | undefined {
  const { series, currency, y } = columns;
  const unit = soleUnit(y[0], data);
  if (!currency) {
    if (!series) return undefined;
    const axis = axisOf(series, columns.seriesPart, undefined, timeZone);
    return {
      axis,
      of: (i) => {
        const { key = "", time } = axis.categories[i]!;
        return { key, part: columns.seriesPart, time, grain: axis.grain, unit };
      },
    };
  }
  const money = textAxis(currency);
  if (!series) {
    return {
      axis: money,
      of: (i) => ({ key: money.categories[i]!.key ?? "", unit: money.categories[i]!.key }),
    };
  }
  const { axis, pairs } = crossed(textAxis(series), money);
  return {
    axis,
    of: (i) => {
      const code = money.categories[pairs[i]![1]]!.key;
      return { key: [axis.categories[i]!.key, code].filter(Boolean).join(" · "), unit: code };
    },
  };
}

function earlierOf({ earlier, y }: ChartColumns, axis: Axis, unit: string | undefined): Series[] {
  if (!earlier) return [];
  return [{ column: y[0], key: undefined, unit, earlier: true, values: addUp(earlier, axis, undefined, 0) }];
}

function seriesOf(data: TableData, columns: ChartColumns, axis: Axis, split: Split | undefined): Series[] {
  const [first] = columns.y;
  if (!split) {
    const drawn = columns.y.length ? columns.y : [undefined];
    return drawn
      .map((column): Series => {
        const values = addUp(column, axis, undefined, 0);
        return { column, key: undefined, unit: soleUnit(column, data), values };
      })
      .concat(earlierOf(columns, axis, soleUnit(first, data)));
  }
  return split.axis.categories.map(({ colour }, i) => ({
    column: first,
    ...split.of(i),
    ...(colour ? { colour } : {}),
    values: addUp(first, axis, split.axis, i),
  }));
}

/** Sums (or averages percents, or counts rows) by category and series, on codes and typed arrays. */
export function aggregate(
  data: TableData,
  columns: ChartColumns,
  timeZone: string | undefined,
  asOf: number,
  look: { stack?: Stack; target?: number | undefined } = {},
): ChartData {
  const { x, type } = columns;
  const axis = axisOf(x, columns.part, columns.grain, timeZone);
  const split = splitOf(data, columns, timeZone);
  const last = axis.categories.at(-1);
  const zone = x.isCalendar ? "UTC" : timeZone;
  const end = axis.grain && last?.key ? periodStart(nextPeriod(last.key, axis.grain), zone) : 0;
  return {
    type,
    x,
    split: columns.series ?? columns.currency,
    grain: axis.grain,
    categories: axis.categories,
    series: data.rows ? seriesOf(data, columns, axis, split) : [],
    incomplete: axis.grain !== undefined && end > asOf,
    stack: look.stack ?? "none",
    target: look.target,
    rowsOf: (category, series) => {
      const inSplit = (row: number) => series === undefined || !split || split.axis.places[row] === series;
      const rows: number[] = [];
      for (let row = 0; row < axis.places.length; row++)
        if (axis.places[row] === category && inSplit(row)) rows.push(row);
      return Uint32Array.from(rows);
    },
  };
}
