import type { Column } from "../data/column.ts";
import { wallClock } from "../locale/zoned-day.ts";
import { chooseGrain, type Grain, nextPeriod, periodKey, periodStart } from "./time-grain.ts";

/** A place along the axis. */
export interface Category {
  /** Text value, period key, or undefined for rows without a value. */
  key: string | undefined;
  /** First moment of the period, epoch ms; only on a time axis. */
  time?: number;
  colour?: string;
  /** What a number for a key stands for. */
  part?: ClockPart;
  /** Set on the last place, that gathers the rest. */
  isOther?: true;
}

/** Hour of the day (0 to 23) or day of the week (1 is Monday). */
export type ClockPart = "hour" | "weekday";

export interface Axis {
  /** Category of each row, -1 for rows that have no place. */
  places: Int32Array;
  categories: Category[];
  grain: Grain | undefined;
}

/** More periods than a screen has points only make a longer wait. */
const MOST_PERIODS = 20_000;

export function timeAxis(column: Column, asked: Grain | undefined, timeZone: string | undefined): Axis {
  const zone = column.isCalendar ? "UTC" : timeZone;
  const { numbers } = column;
  const grain = asked ?? chooseGrain(numbers, zone);
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
  for (
    let key = present[0] ?? "";
    key !== "" && key <= last && categories.length < MOST_PERIODS;
    key = nextPeriod(key, grain)
  ) {
    placeOf.set(key, categories.push({ key, time: periodStart(key, zone) }) - 1);
  }
  return {
    places: Int32Array.from(keys, (key) => (key === undefined ? -1 : (placeOf.get(key) ?? -1))),
    categories,
    grain,
  };
}

/** Categories in the order in which rows bring them: queries order stages as the funnel does. */
export function textAxis(column: Column): Axis {
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

const PARTS: Record<ClockPart, { first: number; count: number; of: (wall: number) => number }> = {
  hour: { first: 0, count: 24, of: (wall) => new Date(wall).getUTCHours() },
  weekday: { first: 1, count: 7, of: (wall) => ((new Date(wall).getUTCDay() + 6) % 7) + 1 },
};

/** All hours or weekdays, of moments on the reader's clock or of numbers that a query has counted already. */
export function clockAxis(column: Column, part: ClockPart, timeZone: string | undefined): Axis {
  const { first, count, of } = PARTS[part];
  const zone = column.isCalendar ? "UTC" : timeZone;
  const placeOf = (value: number): number => {
    if (Number.isNaN(value)) return -1;
    const number = column.type === "time" ? of(wallClock(value, zone)) : Math.round(value);
    return number >= first && number < first + count ? number - first : -1;
  };
  return {
    places: Int32Array.from(column.numbers, placeOf),
    categories: Array.from({ length: count }, (_, i) => ({ key: String(i + first), part })),
    grain: undefined,
  };
}
