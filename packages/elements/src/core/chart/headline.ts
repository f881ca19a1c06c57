import type { LocaleController } from "../locale/locale-controller.ts";
import type { ChartData, Series } from "./aggregate.ts";
import type { ChartWords } from "./chart-words.ts";
import { chartTexts } from "./messages.ts";

/** The answer above the chart: a figure, what it stands for, and its change. */
export interface Headline {
  figure: string;
  /** The figure in full. */
  exact: string;
  caption: string;
  change?: { text: string; direction: "up" | "down" | "same"; caption: string };
}

/** Series that may be added up: one unit, no averages. */
function addable(data: ChartData): Series[] {
  const [first] = data.series;
  if (!first || first.column?.info.kind === "percent") return first ? [first] : [];
  const alike = data.series.every((one) => one.unit === first.unit && one.column === first.column);
  return alike ? data.series : [first];
}

function sumAt(series: readonly Series[], index: number): number {
  return series.reduce((sum, { values }) => sum + (values[index] || 0), 0);
}

function timeHeadline(
  data: ChartData,
  words: ChartWords,
  locale: LocaleController,
  series: Series[],
): Headline {
  const at = data.categories.length - 1 - (data.incomplete && data.categories.length > 1 ? 1 : 0);
  const value = sumAt(series, at);
  const headline: Headline = {
    figure: words.figure(value, series[0]!),
    exact: words.exact(value, series[0]!),
    caption: words.categoryAt(at),
  };
  const before = at > 0 ? sumAt(series, at - 1) : 0;
  if (before === 0) return headline;
  const share = (value - before) / Math.abs(before);
  return {
    ...headline,
    change: {
      text: locale.format.change(share),
      direction: share > 0 ? "up" : share < 0 ? "down" : "same",
      caption: locale.texts(chartTexts).against(words.categoryAt(at - 1)),
    },
  };
}

function totalHeadline(
  data: ChartData,
  words: ChartWords,
  locale: LocaleController,
  series: Series[],
): Headline {
  const t = locale.texts(chartTexts);
  const sums = data.categories.map((_, i) => sumAt(series, i));
  const total = sums.reduce((a, b) => a + b, 0);
  const largest = sums.reduce(
    (best, sum, i) => (!data.categories[i]!.isOther && sum > (sums[best] ?? 0) ? i : best),
    0,
  );
  const share = total
    ? locale.format.percent(sums[largest]! / total, sums[largest]! / total < 0.1 ? 1 : 0)
    : "";
  return {
    figure: words.figure(total, series[0]!),
    exact: words.exact(total, series[0]!),
    caption: share ? t.totalLed(words.categoryAt(largest), share) : t.total,
  };
}

/** The last complete period against the one before, or the total and its largest part; undefined where nothing adds up. */
export function headlineOf(
  data: ChartData,
  words: ChartWords,
  locale: LocaleController,
): Headline | undefined {
  const series = addable(data);
  if (!series.length || !data.categories.length) return undefined;
  if (data.grain) return timeHeadline(data, words, locale, series);
  return series[0]!.column?.info.kind === "percent" ? undefined : totalHeadline(data, words, locale, series);
}
