import type { Column, TableData } from "../data/column.ts";
import type { ChartColumns, ChartType } from "./choose-columns.ts";
import { chooseGrain, type Grain, nextPeriod, periodKey, periodStart } from "./time-grain.ts";

/** A place along the axis. */
export interface Category {
  /** Text value, period key, or undefined for rows without a value. */
  key: string | undefined;
  /** First moment of the period, epoch ms; only on a time axis. */
  time?: number;
  colour?: string;
  /** Set on the last place, that gathers the rest. */
  isOther?: true;
}

export interface Series {
  /** Column that the values come from; undefined where rows are counted. */
  column: Column | undefined;
  /** Value of the series column; undefined where the column itself is the series. */
  key: string | undefined;
  unit: string | undefined;
  colour?: string;
  /** One per category; NaN where there is none. */
  values: Float64Array;
}

/** Aggregated data, ready to draw: plain arrays, no rows. */
export interface ChartData {
  type: ChartType;
  x: Column;
  grain: Grain | undefined;
  categories: Category[];
  series: Series[];
  /** Whether the last period had not ended when the data was read. */
  incomplete: boolean;
}

interface Axis {
  /** Category of each row, -1 for rows that have no place. */
  places: Int32Array;
  categories: Category[];
  grain: Grain | undefined;
}

function timeAxis(column: Column, timeZone: string | undefined): Axis {
  const zone = column.isCalendar ? "UTC" : timeZone;
  const { numbers } = column;
  const grain = chooseGrain(numbers, zone);
  const keyOf = new Map<number, string>();
  const keys = Array.from(numbers, (time) => {
    if (Number.isNaN(time)) return undefined;
    // Zones begin their days on quarters of an hour: times of the same quarter share their period.
    const quarter = Math.floor(time / 900_000);
    const key = keyOf.get(quarter) ?? periodKey(time, grain, zone);
    keyOf.set(quarter, key);
    return key;
  });
  const present = [...new Set(keyOf.values())].sort();
  const placeOf = new Map<string, number>();
  const categories: Category[] = [];
  const last = present.at(-1) ?? "";
  // Periods in which nothing happened have their place too.
  for (let key = present[0] ?? ""; key !== "" && key <= last; key = nextPeriod(key)) {
    placeOf.set(key, categories.push({ key, time: periodStart(key, zone) }) - 1);
  }
  return {
    places: Int32Array.from(keys, (key) => (key === undefined ? -1 : placeOf.get(key)!)),
    categories,
    grain,
  };
}

/** Categories in the order in which rows bring them: queries order stages as the funnel does. */
function textAxis(column: Column): Axis {
  const { codes, values } = column.coded;
  const placeOf = new Int32Array(values.length + 1).fill(-1);
  const categories: Category[] = [];
  const places = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const slot = codes[row]! + 1;
    if (placeOf[slot] === -1) {
      const key = values[codes[row]!];
      const colour = key === undefined ? undefined : column.info.colors.get(key);
      placeOf[slot] = categories.push({ key, ...(colour ? { colour } : {}) }) - 1;
    }
    places[row] = placeOf[slot]!;
  }
  return { places, categories, grain: undefined };
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

function seriesOf(data: TableData, columns: ChartColumns, axis: Axis): Series[] {
  const [first] = columns.y;
  if (!columns.series) {
    const drawn = columns.y.length ? columns.y : [undefined];
    return drawn.map((column) => {
      const values = addUp(column, axis, undefined, 0);
      return { column, key: undefined, unit: soleUnit(column, data), values };
    });
  }
  const split = textAxis(columns.series);
  const byCurrency = first?.info.unit === `{${columns.series.info.name}}`;
  return split.categories.map(({ key, colour }, i) => ({
    column: first,
    key: key ?? "",
    unit: byCurrency ? key : soleUnit(first, data),
    ...(colour ? { colour } : {}),
    values: addUp(first, axis, split, i),
  }));
}

/** Sums (or averages percents, or counts rows) by category and series, on codes and typed arrays. */
export function aggregate(
  data: TableData,
  columns: ChartColumns,
  timeZone: string | undefined,
  asOf: number,
): ChartData {
  const { x, type } = columns;
  const axis = x.type === "time" ? timeAxis(x, timeZone) : textAxis(x);
  const last = axis.categories.at(-1);
  const end =
    axis.grain && last?.key ? periodStart(nextPeriod(last.key), x.isCalendar ? "UTC" : timeZone) : 0;
  return {
    type,
    x,
    grain: axis.grain,
    categories: axis.categories,
    series: data.rows ? seriesOf(data, columns, axis) : [],
    incomplete: axis.grain !== undefined && end > asOf,
  };
}
