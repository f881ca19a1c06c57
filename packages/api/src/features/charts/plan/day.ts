import type { PeriodUnit, PlanPeriod } from "@b24kit/client/contract";

/** Who asks: their clock, and the calendar by which their periods are cut. */
export interface Reader {
  readonly now: Date;
  readonly timeZone: string;
  readonly locale: "ru" | "en";
}

/** Days `2026-06-15`, the second one not included. */
export interface DayRange {
  readonly from: string;
  readonly until: string;
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && toDay(new Date(`${text}T00:00:00Z`)) === text;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return !/[^\w+/-]/.test(name);
  } catch {
    return false;
  }
}

export function today({ now, timeZone }: Reader): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(now);
}

/** First day of the unit that holds the day. */
export function startOf(day: string, unit: PeriodUnit): string {
  const [year, month] = parts(day);
  if (unit === "year") return make(year, 1, 1);
  if (unit === "quarter") return make(year, month - ((month - 1) % 3), 1);
  if (unit === "month") return make(year, month, 1);
  return unit === "week" ? addDays(day, -((weekday(day) + 6) % 7)) : day;
}

/** The same day that many units later; the last of a shorter month. */
export function add(day: string, unit: PeriodUnit, count: number): string {
  if (unit === "day" || unit === "week") return addDays(day, unit === "week" ? 7 * count : count);
  const months = { month: 1, quarter: 3, year: 12 }[unit] * count;
  const [year, month, date] = parts(day);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return make(year, month + months, Math.min(date, last));
}

/** @param period checked by validate-plan.ts */
export function rangeOf(period: PlanPeriod, reader: Reader): DayRange {
  if (period.kind === "between") return { from: period.from!, until: addDays(period.to!, 1) };
  const unit = period.unit!;
  const current = startOf(today(reader), unit);
  if (period.kind === "this") return { from: current, until: add(current, unit, 1) };
  if (period.kind === "previous") return { from: add(current, unit, -(period.count ?? 1)), until: current };
  return { from: add(current, unit, 1 - (period.count ?? 1)), until: add(current, unit, 1) };
}

/** How far back the period lies that a period is compared with. */
export function shiftOf(
  period: PlanPeriod,
  compare: "previous_period" | "previous_year",
  reader: Reader,
): { unit: PeriodUnit; count: number } {
  if (compare === "previous_year") return { unit: "year", count: 1 };
  if (period.kind !== "between")
    return { unit: period.unit!, count: period.kind === "this" ? 1 : (period.count ?? 1) };
  const { from, until } = rangeOf(period, reader);
  const whole = from.endsWith("-01") && until.endsWith("-01");
  return whole ? { unit: "month", count: months(from, until) } : { unit: "day", count: days(from, until) };
}

export function days(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000);
}

function months(from: string, until: string): number {
  const [year, month] = parts(from);
  const [toYear, toMonth] = parts(until);
  return (toYear - year) * 12 + toMonth - month;
}

function addDays(day: string, count: number): string {
  return toDay(new Date(Date.parse(day) + count * 86_400_000));
}

/** 0 is Sunday. */
function weekday(day: string): number {
  return new Date(Date.parse(day)).getUTCDay();
}

function parts(day: string): [number, number, number] {
  return day.split("-").map(Number) as [number, number, number];
}

function make(year: number, month: number, date: number): string {
  return toDay(new Date(Date.UTC(year, month - 1, date)));
}

function toDay(date: Date): string {
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 10);
}
