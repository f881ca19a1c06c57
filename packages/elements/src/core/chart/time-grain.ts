import { dayInput, zonedDay } from "../locale/zoned-day.ts";

export type Grain = "day" | "month" | "year";

const DAY = 86_400_000;

/** The step of a time axis: what the values themselves keep to, and coarse enough for the span to be read. */
export function chooseGrain(times: Float64Array, timeZone: string | undefined): Grain {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < least) least = time;
    if (time > most) most = time;
  }
  const span = (most - least) / DAY;
  if (span > 366 * 6) return "year";
  if (span > 92) return "month";
  const firstDays =
    times.length > 1 && times.every((time) => Number.isNaN(time) || dayInput(time, timeZone).endsWith("-01"));
  return firstDays && span > 0 ? "month" : "day";
}

/** Which period a time falls into: "2026", "2026-05" or "2026-05-12" on the zone's calendar. */
export function periodKey(time: number, grain: Grain, timeZone: string | undefined): string {
  return dayInput(time, timeZone).slice(0, grain === "year" ? 4 : grain === "month" ? 7 : 10);
}

/** The period after this one. */
export function nextPeriod(key: string): string {
  const [year, month, day] = key.split("-").map(Number) as [number, number?, number?];
  const next = new Date(Date.UTC(month === undefined ? year + 1 : year, (month ?? 1) - 1, day ?? 1));
  if (day !== undefined) next.setUTCDate(next.getUTCDate() + 1);
  else if (month !== undefined) next.setUTCMonth(next.getUTCMonth() + 1);
  return next.toISOString().slice(0, key.length);
}

/** First moment of a period, epoch ms. */
export function periodStart(key: string, timeZone: string | undefined): number {
  const day = `${key}-01-01`.slice(0, 10);
  return zonedDay(day, timeZone)?.start ?? Number.NaN;
}
