import { formatNumber } from "../data/cell-text.ts";
import { labelOf } from "../data/column-info.ts";
import type { LocaleController } from "../locale/locale-controller.ts";
import type { Category, ChartData, Series } from "./aggregate.ts";
import { chartTexts } from "./messages.ts";

/** Names and figures of a chart in the reader's language. */
export class ChartWords {
  readonly #data: ChartData;
  readonly #locale: LocaleController;
  readonly #unit: string | undefined;

  constructor(data: ChartData, locale: LocaleController, unit: string | undefined) {
    this.#data = data;
    this.#locale = locale;
    this.#unit = unit;
  }

  /** "май 2026", "12 мая", or the value itself. */
  category(category: Category): string {
    const t = this.#locale.texts(chartTexts);
    if (category.isOther) return t.other;
    if (category.time === undefined) return category.key || t.noValue;
    const { format } = this.#locale;
    if (this.#data.grain === "year") return category.key ?? "";
    const reading = { calendar: this.#data.x.isCalendar };
    return this.#data.grain === "month"
      ? format.month(category.time, reading)
      : format.date(category.time, reading);
  }

  /** As `category`, with a mark on a period that has not ended. */
  categoryAt(index: number): string {
    const name = this.category(this.#data.categories[index]!);
    const last = this.#data.incomplete && index === this.#data.categories.length - 1;
    return last ? this.#locale.texts(chartTexts).ongoing(name) : name;
  }

  /** For the axis: months in short, with the year where it begins or is asked for. */
  tick(index: number, withYear: boolean): string {
    const category = this.#data.categories[index]!;
    if (this.#data.grain !== "month" || category.time === undefined) return this.category(category);
    const month = this.#locale.format.monthShort(category.time, { calendar: this.#data.x.isCalendar });
    return withYear || category.key?.endsWith("-01") ? `${month}\n${category.key?.slice(0, 4)}` : month;
  }

  series(series: Series): string {
    const t = this.#locale.texts(chartTexts);
    if (series.key !== undefined) return series.key || t.noValue;
    return series.column ? labelOf(series.column, this.#locale.language) : t.count;
  }

  /** "1,2 млн ₽", for labels and axes. */
  short(value: number, series: Series): string {
    if (Number.isNaN(value)) return "—";
    const { format } = this.#locale;
    const unit = this.unit(series);
    switch (series.column?.info.kind) {
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

  /** All there is to read at a place: the tooltip's lines, and what the live region says. */
  reading(index: number): string[] {
    const { series } = this.#data;
    const lines = series.map((one) => {
      const value = this.exact(one.values[index]!, one);
      return series.length > 1 ? `${this.series(one)}: ${value}` : value;
    });
    const share = this.#data.type === "pie" ? [this.share(index)] : [];
    return [this.categoryAt(index), ...lines, ...share];
  }

  /** Share of a slice in its pie. */
  share(index: number): string {
    const values = this.#data.series[0]?.values ?? new Float64Array();
    const total = values.reduce((sum, value) => sum + (value || 0), 0);
    return total ? this.#locale.format.percent((values[index] || 0) / total) : "";
  }
}
