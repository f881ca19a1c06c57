const stamp =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** A portal's moment: milliseconds since the epoch, and the text's own calendar day. */
interface Moment {
  readonly ms: number;
  readonly day: string;
  readonly hasTime: boolean;
  readonly hasOffset: boolean;
}

/** `2024-08-30T14:29:00+02:00` as `2024-08-30T12:29:00.000Z`; null where it is no moment on the calendar. */
export function toTimestamp(text: string): string | null {
  const moment = readMoment(text);
  return moment?.hasTime && moment.hasOffset ? toIso(moment.ms) : null;
}

const dayMs = 86_400_000;
const days = new Map<number, string>();
const pad = (value: number, width = 2) => String(value).padStart(width, "0");

/** What `Date.toISOString` gives, in a fifth of the time: rows have many moments, on few days. */
function toIso(ms: number): string {
  const dayNumber = Math.floor(ms / dayMs);
  let day = days.get(dayNumber);
  if (day === undefined) {
    if (days.size > 20_000) days.clear();
    day = new Date(dayNumber * dayMs).toISOString().slice(0, 11);
    days.set(dayNumber, day);
  }
  const rest = ms - dayNumber * dayMs;
  const seconds = Math.floor(rest / 1000);
  const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return `${day}${clock}.${pad(rest % 1000, 3)}Z`;
}

/** Milliseconds of a moment with an offset; null where it is none. */
export function toMilliseconds(text: string): number | null {
  const moment = readMoment(text);
  return moment?.hasTime && moment.hasOffset ? moment.ms : null;
}

const halfDay = 12 * 3_600_000;

/**
 * The calendar day of a portal's `date` value. The portal prints local midnight plus its current offset, so neither
 * the text's first ten characters nor the UTC day is right everywhere; the UTC day twelve hours later is.
 */
export function toDay(text: string): string | null {
  const moment = readMoment(text);
  if (moment === null) return null;
  if (!moment.hasTime) return moment.day;
  return moment.hasOffset ? new Date(moment.ms + halfDay).toISOString().slice(0, 10) : null;
}

/** Years of four digits, with a day to spare for offsets: what ISO text and PostgreSQL write alike. */
const earliest = Date.parse("0001-01-02T00:00:00Z");
const latest = Date.parse("9999-12-30T00:00:00Z");

function readMoment(text: string): Moment | null {
  const parts = stamp.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset = "Z"] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || year === "0000") return null;
  const midnight = toMidnight(Number(year), Number(month), Number(day));
  const shift = toShift(offset);
  if (midnight === null || shift === null) return null;
  const clock =
    (Number(hour) * 60 + Number(minute)) * 60_000 +
    Number(second) * 1000 +
    Number(fraction.padEnd(3, "0").slice(0, 3));
  const ms = midnight + clock - shift;
  if (ms < earliest || ms > latest) return null;
  return {
    ms,
    day: `${year}-${month}-${day}`,
    hasTime: parts[4] !== undefined,
    hasOffset: parts[8] !== undefined,
  };
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Refuses 31 February, which Date would turn into March. */
function toMidnight(year: number, month: number, day: number): number | null {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month < 1 || month > 12 || day < 1 || day > monthDays[month - 1]! + (leap ? 1 : 0)) return null;
  // Date.UTC takes the years 0 to 99 for those of the last century.
  return year > 99 ? Date.UTC(year, month - 1, day) : new Date(0).setUTCFullYear(year, month - 1, day);
}

function toShift(offset: string): number | null {
  if (offset === "Z") return 0;
  const digits = offset.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return minutes > 15 * 60 ? null : (offset[0] === "-" ? -minutes : minutes) * 60_000;
}

/** `2024-08-30T14:29:00+05:30` -> 330. */
export function toOffsetMinutes(text: string): number {
  return (toShift(stamp.exec(text)?.[8] ?? "Z") ?? 0) / 60_000;
}

/** A moment as portals take it in filters: whole seconds, with an offset. */
export function toPortalTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}+00:00`;
}
