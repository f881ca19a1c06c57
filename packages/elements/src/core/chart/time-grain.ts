import { dayInput, wallClock, zonedDay } from "../locale/zoned-day.ts";

export type Grain = "hour" | "day" | "week" | "month" | "quarter" | "year";

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** What a database has grouped is shorter; raw moments keep to no step. */
const MOST_GROUPED = 2000;

function spanOf(times: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < least) least = time;
    if (time > most) most = time;
  }
  return (most - least) / DAY;
}

/** The step that the values themselves keep to: all on Mondays, on first days of months or of quarters. */
function ownStep(times: Float64Array, timeZone: string | undefined): Grain | undefined {
  if (times.length > MOST_GROUPED) return undefined;
  const days = new Set<string>();
  for (const time of times) if (!Number.isNaN(time)) days.add(dayInput(time, timeZone));
  const all = [...days];
  if (all.length < 2) return undefined;
  if (all.every((day) => day.endsWith("-01")))
    return all.length > 2 && all.every((day) => (Number(day.slice(5, 7)) - 1) % 3 === 0)
      ? "quarter"
      : "month";
  return all.length > 2 && all.every((day) => new Date(day).getUTCDay() === 1) ? "week" : undefined;
}

/** The step of a time axis: what the values themselves keep to, and coarse enough for the span to be read. */
export function chooseGrain(times: Float64Array, timeZone: string | undefined): Grain {
  const span = spanOf(times);
  if (span > 366 * 6) return "year";
  const own = ownStep(times, timeZone);
  if (own) return own;
  return span > 92 ? "month" : "day";
}

const monday = (day: string): string => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
};

/**
 * Which period a time falls into on the zone's calendar: "2026", "2026-Q2", "2026-05", "2026-05-12" (a week by its
 * Monday) or "2026-05-12T14".
 */
export function periodKey(time: number, grain: Grain, timeZone: string | undefined): string {
  if (grain === "hour") return new Date(wallClock(time, timeZone)).toISOString().slice(0, 13);
  const day = dayInput(time, timeZone);
  if (grain === "week") return monday(day);
  if (grain === "quarter") return `${day.slice(0, 4)}-Q${Math.floor((Number(day.slice(5, 7)) + 2) / 3)}`;
  return day.slice(0, grain === "year" ? 4 : grain === "month" ? 7 : 10);
}

/** First day of a period, "2026-05-12". */
function firstDay(key: string): string {
  const quarter = /^(\d{4})-Q(\d)$/.exec(key);
  if (quarter) return `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, "0")}-01`;
  return `${key.slice(0, 10)}-01-01`.slice(0, 10);
}

/** The period after this one. */
export function nextPeriod(key: string, grain: Grain): string {
  if (grain === "hour") return new Date(Date.parse(`${key}:00:00Z`) + HOUR).toISOString().slice(0, 13);
  const next = new Date(`${firstDay(key)}T00:00:00Z`);
  if (grain === "day") next.setUTCDate(next.getUTCDate() + 1);
  else if (grain === "week") next.setUTCDate(next.getUTCDate() + 7);
  else next.setUTCMonth(next.getUTCMonth() + { month: 1, quarter: 3, year: 12 }[grain]);
  return periodKey(next.getTime(), grain, "UTC");
}

/** First moment of a period, epoch ms. */
export function periodStart(key: string, timeZone: string | undefined): number {
  const start = zonedDay(firstDay(key), timeZone)?.start ?? Number.NaN;
  return key.length === 13 ? start + Number(key.slice(11)) * HOUR : start;
}
