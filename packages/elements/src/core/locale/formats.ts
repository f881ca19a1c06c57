import { formatDuration } from "./duration.ts";
import type { Language, Locale } from "./locale.ts";

const RELATIVE: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

type DateStyle =
  | "day"
  | "dayYear"
  | "time"
  | "clock"
  | "dayTime"
  | "exact"
  | "exactDay"
  | "month"
  | "monthShort"
  | "weekday"
  | "weekdayShort"
  | "year";

const DATE_STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  day: { day: "numeric", month: "short" },
  dayYear: { day: "numeric", month: "short", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  clock: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  dayTime: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  exact: {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
  exactDay: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  month: { month: "long", year: "numeric" },
  monthShort: { month: "short" },
  weekday: { weekday: "long" },
  weekdayShort: { weekday: "short" },
  year: { year: "numeric" },
};

/** A calendar day has no zone: it is read as UTC midnight, whatever the reader's zone. */
export interface DateReading {
  calendar?: boolean;
}

/** Numbers, money, dates and durations as the reader writes them. Times are epoch milliseconds; money is in main units. */
export class Formats {
  readonly language: Language;
  readonly timeZone: string | undefined;
  readonly #cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

  constructor(locale: Locale) {
    this.language = locale.language;
    this.timeZone = locale.timeZone;
  }

  /** Name of the reader's zone; the browser's where none was given. */
  get zone(): string {
    return this.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  /** "12 345,6": at most `digits` decimals (2 unless told). */
  number(value: number, digits = 2): string {
    return this.#number(`n${digits}`, { maximumFractionDigits: digits }).format(value);
  }

  /** "1,2 млн", for axes and headlines. */
  compact(value: number): string {
    return this.#number("c", { notation: "compact", maximumFractionDigits: 1 }).format(value);
  }

  /** "42,5 %" of a share, 1 being the whole. */
  percent(share: number, digits = 1): string {
    return this.#number(`p${digits}`, { style: "percent", maximumFractionDigits: digits }).format(share);
  }

  /** "+12,4 %" of a change, 1 being the whole. */
  change(share: number): string {
    return this.#number("ch", {
      style: "percent",
      maximumFractionDigits: 1,
      signDisplay: "exceptZero",
    }).format(share);
  }

  /** "1 234 567 ₽"; decimals only where there are any, unless `digits` says how many. Without a currency, the number. */
  money(value: number, currency: string | undefined, digits?: number): string {
    const shown = digits ?? (Number.isInteger(value) ? 0 : 2);
    const options = { minimumFractionDigits: shown, maximumFractionDigits: shown };
    return this.#money(`m${currency}${shown}`, currency, options, value);
  }

  /** "1,2 млн ₽". */
  moneyCompact(value: number, currency: string | undefined): string {
    // Without a least, some engines give every sum the decimals of its currency.
    const digits = { minimumFractionDigits: 0, maximumFractionDigits: 1 };
    return this.#money(`mc${currency}`, currency, { notation: "compact", ...digits }, value);
  }

  /** "12 мая", with the year where it is not this one: "12 мая 2024". */
  date(time: number, reading: DateReading = {}, now = Date.now()): string {
    const sameYear = this.#date("year", reading).format(time) === this.#date("year", reading).format(now);
    return this.#trimmed(sameYear ? "day" : "dayYear", time, reading);
  }

  /** "14:05" today, "12 мая, 14:05" this year, "12 мая 2024" before. */
  dateTime(time: number, now = Date.now()): string {
    if (this.#date("dayYear", {}).format(time) === this.#date("dayYear", {}).format(now))
      return this.time(time);
    const sameYear = this.#date("year", {}).format(time) === this.#date("year", {}).format(now);
    return this.#trimmed(sameYear ? "dayTime" : "dayYear", time, {});
  }

  /** "14:05". */
  time(time: number): string {
    return this.#date("time", {}).format(time);
  }

  /** "14:05:09". */
  clock(time: number): string {
    return this.#date("clock", {}).format(time);
  }

  /** In full, for titles: "12 мая 2026, 14:05:00 GMT+3", or "вторник, 12 мая 2026" for a calendar day. */
  exact(time: number, reading: DateReading = {}): string {
    return this.#trimmed(reading.calendar ? "exactDay" : "exact", time, reading);
  }

  /** "май 2026". */
  month(time: number, reading: DateReading = {}): string {
    return this.#trimmed("month", time, reading);
  }

  /** "май", for narrow axes. */
  monthShort(time: number, reading: DateReading = {}): string {
    return this.#date("monthShort", reading).format(time).replace(/\.$/, "");
  }

  /** "12 мая, 14:05" on any day. */
  dayTime(time: number): string {
    return this.#trimmed("dayTime", time, {});
  }

  /** "понедельник" or "пн" of 1; a week begins on Monday. */
  weekday(day: number, style: "long" | "short"): string {
    // The fifth of January 2026 is a Monday.
    return this.#date(style === "long" ? "weekday" : "weekdayShort", { calendar: true }).format(
      Date.UTC(2026, 0, 4 + day),
    );
  }

  /** "5 минут назад", "через 2 часа", "вчера"; under a minute "сейчас". */
  relative(time: number, now = Date.now()): string {
    const seconds = Math.round((time - now) / 1000);
    const [unit, size] = RELATIVE.find(([, s]) => Math.abs(seconds) >= s) ?? [
      "second",
      Number.POSITIVE_INFINITY,
    ];
    const format = this.#cached("r", () => new Intl.RelativeTimeFormat(this.language, { numeric: "auto" }));
    return (format as Intl.RelativeTimeFormat).format(Math.trunc(seconds / size), unit);
  }

  /** "2 мин 5 с"; the two largest units of a length in seconds. */
  duration(seconds: number): string {
    return formatDuration(seconds, this.language);
  }

  #money(
    key: string,
    currency: string | undefined,
    options: Intl.NumberFormatOptions,
    value: number,
  ): string {
    if (!currency) return this.#number(key, options).format(value);
    // A portal may name any currency; what Intl refuses is shown as its code after the number.
    if (!/^[A-Z]{3}$/.test(currency)) return `${this.number(value)}\u00a0${currency}`;
    const money = { ...options, style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
    return this.#number(key, money).format(value);
  }

  /** ICU ends Russian dates in " г."; the year is plain without it. */
  #trimmed(style: DateStyle, time: number, reading: DateReading): string {
    return this.#date(style, reading)
      .format(time)
      .replace(/(?<=\d)\sг\./, "")
      .replace(/ (?:в|at) (?=\d)/, ", ");
  }

  #number(key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return this.#cached(key, () => new Intl.NumberFormat(this.language, options)) as Intl.NumberFormat;
  }

  #date(style: DateStyle, reading: DateReading): Intl.DateTimeFormat {
    const timeZone = reading.calendar ? "UTC" : this.timeZone;
    const options = { ...DATE_STYLES[style], ...(timeZone ? { timeZone } : {}) };
    const make = () => new Intl.DateTimeFormat(this.language === "en" ? "en-GB" : "ru", options);
    return this.#cached(`d${style}${reading.calendar ? "u" : ""}`, make) as Intl.DateTimeFormat;
  }

  #cached<F extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(
    key: string,
    make: () => F,
  ): F {
    let format = this.#cache.get(key);
    if (!format) {
      format = make();
      this.#cache.set(key, format);
    }
    return format as F;
  }
}
