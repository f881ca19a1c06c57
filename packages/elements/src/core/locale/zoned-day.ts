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

/** Zones change their clocks on quarters of an hour; asking Intl for each time of a column would take seconds. */
const QUARTER = 900_000;
const MOST_KNOWN = 200_000;
const offsets = new Map<string | undefined, Map<number, number>>();

function readOffset(time: number, timeZone: string | undefined): number {
  const parts = clockOf(timeZone).formatToParts(time);
  const at = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(at("year"), at("month") - 1, at("day"), at("hour"), at("minute"), at("second"));
  return wall - time;
}

/** How far the zone's clock is ahead of UTC at a moment, ms. */
function offsetAt(time: number, timeZone: string | undefined): number {
  if (timeZone === "UTC") return 0;
  const known = offsets.get(timeZone) ?? new Map<number, number>();
  if (known.size > MOST_KNOWN) known.clear();
  offsets.set(timeZone, known);
  const quarter = Math.floor(time / QUARTER);
  const offset = known.get(quarter) ?? readOffset(quarter * QUARTER, timeZone);
  known.set(quarter, offset);
  return offset;
}

/** What the zone's clock shows at a moment, as if it were UTC, epoch ms. */
export function wallClock(time: number, timeZone: string | undefined): number {
  return time + offsetAt(time, timeZone);
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
  return new Date(wallClock(time, timeZone)).toISOString().slice(0, 10);
}
