const DAY_MS = 86_400_000;

const clocks = new Map<string | undefined, Intl.DateTimeFormat>();

function clockOf(timeZone: string | undefined): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const numeric = "numeric";
    clock = new Intl.DateTimeFormat("en-US", {
      ...(timeZone ? { timeZone } : {}),
      hourCycle: "h23",
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** How far the zone's clock is ahead of UTC at a moment, ms. */
function offsetAt(time: number, timeZone: string | undefined): number {
  if (timeZone === "UTC") return 0;
  const parts = clockOf(timeZone).formatToParts(time);
  const at = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(at("year"), at("month") - 1, at("day"), at("hour"), at("minute"), at("second"));
  return wall - Math.floor(time / 1000) * 1000;
}

/** First and last millisecond of a day "2026-05-12" in a zone (absent = the browser's); "UTC" for calendar days. */
export function zonedDay(
  day: string,
  timeZone: string | undefined,
): { start: number; end: number } | undefined {
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc)) return undefined;
  const midnight = (at: number) => {
    const guess = at - offsetAt(at, timeZone);
    return at - offsetAt(guess, timeZone);
  };
  return { start: midnight(utc), end: midnight(utc + DAY_MS) - 1 };
}

/** The day of a moment in a zone, as date inputs take it: "2026-05-12". */
export function dayInput(time: number, timeZone: string | undefined): string {
  return new Date(time + offsetAt(time, timeZone)).toISOString().slice(0, 10);
}
