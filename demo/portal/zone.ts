/** Dates as one portal writes and reads them: a fixed offset from UTC, no daylight saving. */
export interface Zone {
  /** Minutes east of UTC. */
  readonly offset: number;
  /** `2026-03-01T14:05:00+03:00` */
  datetime(at: number): string;
  /** A calendar day in the platform's odd shape: UTC midnight of that day, written with the portal's offset. */
  date(day: number): string;
  /** Milliseconds since the epoch of a text in ISO or Russian form; null when it is no date. */
  parse(text: string): number | null;
  /** UTC midnight of the calendar day that a text names in the portal's zone; null when it is no date. */
  parseDay(text: string): number | null;
  /** First moment of the portal's calendar day that holds `at`. */
  startOfDay(at: number): number;
}

export const DAY = 86_400_000;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const RUSSIAN = /^(\d{2})\.(\d{2})\.(\d{4})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** @param offset minutes east of UTC, between -720 and 840 */
export function createZone(offset: number): Zone {
  const shift = offset * 60_000;
  const suffix = formatOffset(offset);
  const datetime = (at: number) => localText(at + shift) + suffix;
  const parse = (text: string) => parseMoment(text.trim(), shift);
  return {
    offset,
    datetime,
    date: (day) => datetime(Math.floor(day / DAY) * DAY),
    parse,
    parseDay(text) {
      const at = parse(text);
      return at === null ? null : Math.floor((at + shift) / DAY) * DAY;
    },
    startOfDay: (at) => Math.floor((at + shift) / DAY) * DAY - shift,
  };
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));
const days = new Map<number, string>();

/** `2026-03-01T14:05:00`; days are few and times many, so days are remembered. */
function localText(local: number): string {
  const day = Math.floor(local / DAY);
  const second = Math.floor((local - day * DAY) / 1000);
  let text = days.get(day);
  if (text === undefined) {
    text = new Date(day * DAY).toISOString().slice(0, 11);
    if (days.size > 50_000) days.clear();
    days.set(day, text);
  }
  const hour = TWO_DIGITS[Math.floor(second / 3600)];
  return `${text}${hour}:${TWO_DIGITS[Math.floor(second / 60) % 60]}:${TWO_DIGITS[second % 60]}`;
}

function formatOffset(offset: number): string {
  const minutes = Math.abs(offset);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function parseMoment(text: string, shift: number): number | null {
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, offset] = iso;
    const local = utc(year, month, day, hour, minute, second);
    return local === null ? null : local - (offset ? parseOffset(offset) : shift);
  }
  const russian = RUSSIAN.exec(text);
  if (!russian) return null;
  const [, day, month, year, hour, minute, second] = russian;
  const local = utc(year, month, day, hour, minute, second);
  return local === null ? null : local - shift;
}

function utc(year = "", month = "", day = "", hour = "0", minute = "0", second = "0"): number | null {
  const at = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second);
  return new Date(at).getUTCDate() === +day && +hour < 24 && +minute < 60 && +second < 60 ? at : null;
}

function parseOffset(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const minutes = +text.slice(1, 3) * 60 + +text.slice(-2);
  return (text.startsWith("-") ? -minutes : minutes) * 60_000;
}
