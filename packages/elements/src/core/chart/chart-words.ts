import type { ColumnKind } from "@b24kit/client/contract";
import { formatNumber } from "../data/cell-text.ts";
import type { Column } from "../data/column.ts";
import { labelOf } from "../data/column-info.ts";
import type { Language } from "../locale/locale.ts";
import type { Wording } from "../locale/wording.ts";
import type { Category, ChartData, Series } from "./aggregate.ts";
import type { ClockPart } from "./axis-places.ts";
import { type ChartMessages, chartTexts } from "./messages.ts";
import type { Grain } from "./time-grain.ts";

/** Names and figures of a chart in the reader's language. */
export class ChartWords {
  readonly #data: ChartData;
  readonly #locale: Wording;
  readonly #unit: string | undefined;

  constructor(data: ChartData, locale: Wording, unit: string | undefined) {
    this.#data = data;
    this.#locale = locale;
    this.#unit = unit;
  }

  /** "май 2026", "12 мая", or the value itself. */
  category(category: Category): string {
    const t = this.#locale.texts(chartTexts);
    if (category.isOther) return t.other;
    if (category.part) return this.#part(category.part, category.key);
    if (category.time === undefined) return category.key || t.noValue;
    return this.#period(category.key ?? "", category.time, this.#data.grain, this.#data.x);
  }

  #period(key: string, time: number, grain: Grain | undefined, column: Column): string {
    const { format } = this.#locale;
    const reading = { calendar: column.isCalendar };
    switch (grain) {
      case "year":
        return key;
      case "quarter":
        return this.fixed.quarter(Number(key.slice(-1)), key.slice(0, 4));
      case "month":
        return format.month(time, reading);
      case "hour":
        return format.dayTime(time);
      default:
        return format.date(time, reading);
    }
  }

  #part(part: ClockPart, key: string | undefined): string {
    if (part === "hour") return `${key}:00`;
    return this.#locale.format.weekday(Number(key), "long");
  }

  /** As `category`, with a week told from a day. */
  period(category: Category): string {
    const name = this.category(category);
    return this.#data.grain === "week" ? this.#locale.texts(chartTexts).weekOf(name) : name;
  }

  /** As `category`, with a mark on a period that has not ended. */
  categoryAt(index: number): string {
    const name = this.period(this.#data.categories[index]!);
    const last = this.#data.incomplete && index === this.#data.categories.length - 1;
    return last ? this.#locale.texts(chartTexts).ongoing(name) : name;
  }

  /** For the axis: months in short, with the year where it begins or is asked for. */
  tick(index: number, withYear: boolean): string {
    const category = this.#data.categories[index]!;
    if (category.part === "weekday") return this.#locale.format.weekday(Number(category.key), "short");
    if (category.part) return category.key ?? "";
    if (this.#data.grain !== "month" || category.time === undefined) return this.category(category);
    const month = this.#locale.format.monthShort(category.time, { calendar: this.#data.x.isCalendar });
    return withYear || category.key?.endsWith("-01") ? `${month}\n${category.key?.slice(0, 4)}` : month;
  }

  series(series: Series): string {
    const t = this.#locale.texts(chartTexts);
    if (series.earlier) return t.earlier;
    if (series.part) return this.#part(series.part, series.key);
    if (series.time !== undefined && this.#data.split)
      return this.#period(series.key ?? "", series.time, series.grain, this.#data.split);
    if (series.key !== undefined) return series.key || t.noValue;
    return series.column ? labelOf(series.column, this.#locale.language) : t.count;
  }

  /** "1,2 млн ₽", for labels and axes. */
  short(value: number, series: Series): string {
    return this.#short(value, series.column?.info.kind, this.unit(series));
  }

  /** As `short`, of a column's own value. */
  shortOf(column: Column, value: number): string {
    const unit = column.info.unit?.startsWith("{") ? undefined : column.info.unit;
    return this.#short(value, column.info.kind, unit);
  }

  /** The value in full, of a column's own value. */
  exactOf(column: Column, value: number): string {
    const unit = column.info.unit?.startsWith("{") ? undefined : column.info.unit;
    return formatNumber(column, value, unit, this.#locale.format);
  }

  #short(value: number, kind: ColumnKind | undefined, unit: string | undefined): string {
    if (Number.isNaN(value)) return "—";
    const { format } = this.#locale;
    switch (kind) {
      case "money":
        return Math.abs(value) < 10_000 ? format.money(value, unit, 0) : format.moneyCompact(value, unit);
      case "percent":
        return format.percent(value / 100);
      default: {
        const text = Math.abs(value) < 10_000 ? format.number(value, 1) : format.compact(value);
        return unit ? `${text}\u00a0${unit}` : text;
      }
    }
  }

  /** For the headline: in full up to a million, then in short. */
  figure(value: number, series: Series): string {
    if (Math.abs(value) >= 1_000_000 || series.column?.info.kind === "percent")
      return this.short(value, series);
    const { format } = this.#locale;
    if (series.column?.info.kind === "money") return format.money(value, this.unit(series), 0);
    const unit = this.unit(series);
    return unit ? `${format.number(value, 1)}\u00a0${unit}` : format.number(value, 1);
  }

  /** The value in full, for tooltips and tables. */
  exact(value: number, series: Series): string {
    if (Number.isNaN(value)) return "—";
    const { format } = this.#locale;
    return series.column
      ? formatNumber(series.column, value, this.unit(series), format)
      : format.number(value, 0);
  }

  unit(series: Series): string | undefined {
    return this.#unit ?? series.unit;
  }

  /** Share of a place in the whole of a series. */
  share(index: number, series = 0): string {
    const values = this.#data.series[series]?.values ?? new Float64Array();
    const total = values.reduce((sum, value) => sum + (value || 0), 0);
    return total ? this.percent((values[index] || 0) / total) : "";
  }

  get language(): Language {
    return this.#locale.language;
  }

  /** A column's name. */
  of(column: Column): string {
    return labelOf(column, this.language);
  }

  weekdayShort(day: number): string {
    return this.#locale.format.weekday(day, "short");
  }

  /** Of a month counted from 0. */
  monthShort(month: number): string {
    return this.#locale.format.monthShort(Date.UTC(2026, month, 1), { calendar: true });
  }

  /** Fixed words of the forms. */
  get fixed(): ChartMessages {
    return this.#locale.texts(chartTexts);
  }

  percent(share: number): string {
    return this.#locale.format.percent(share);
  }
}
