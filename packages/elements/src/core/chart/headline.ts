import type { Wording } from "../locale/wording.ts";
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
function addable({ series: all }: ChartData): Series[] {
  const series = all.filter(({ earlier }) => !earlier);
  const [first] = series;
  if (!first || first.column?.info.kind === "percent") return first ? [first] : [];
  const alike = series.every((one) => one.unit === first.unit && one.column === first.column);
  return alike ? series : [first];
}

function changeOf(value: number, before: number, caption: string, locale: Wording) {
  const share = (value - before) / Math.abs(before);
  const direction = share > 0 ? ("up" as const) : share < 0 ? ("down" as const) : ("same" as const);
  return { text: locale.format.change(share), direction, caption };
}

const totalOf = ({ values }: Series) => values.reduce((sum, v) => sum + (v || 0), 0);

/** All of it against all of the time before. */
function comparedHeadline(data: ChartData, words: ChartWords, locale: Wording, earlier: Series): Headline {
  const [one] = addable(data);
  const t = locale.texts(chartTexts);
  const value = totalOf(one!);
  const before = totalOf(earlier);
  const headline = {
    figure: words.figure(value, one!),
    exact: words.exact(value, one!),
    caption: words.series(one!),
  };
  if (!before) return headline;
  return {
    ...headline,
    change: changeOf(value, before, `${t.againstEarlier}: ${words.short(before, one!)}`, locale),
  };
}

function sumAt(series: readonly Series[], index: number): number {
  return series.reduce((sum, { values }) => sum + (values[index] || 0), 0);
}

function timeHeadline(data: ChartData, words: ChartWords, locale: Wording, series: Series[]): Headline {
  const at = data.categories.length - 1 - (data.incomplete && data.categories.length > 1 ? 1 : 0);
  const value = sumAt(series, at);
  const headline: Headline = {
    figure: words.figure(value, series[0]!),
    exact: words.exact(value, series[0]!),
    caption: words.categoryAt(at),
  };
  const before = at > 0 ? sumAt(series, at - 1) : 0;
  if (before === 0) return headline;
  const caption = locale.texts(chartTexts).against(words.categoryAt(at - 1));
  return { ...headline, change: changeOf(value, before, caption, locale) };
}

function totalHeadline(data: ChartData, words: ChartWords, locale: Wording, series: Series[]): Headline {
  const t = locale.texts(chartTexts);
  if (data.categories.length === 1) {
    const value = sumAt(series, 0);
    const name = data.x === series[0]!.column ? words.series(series[0]!) : words.categoryAt(0);
    return { figure: words.figure(value, series[0]!), exact: words.exact(value, series[0]!), caption: name };
  }
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

/** How many of the first step reach the last one. */
function funnelHeadline(data: ChartData, words: ChartWords, locale: Wording): Headline | undefined {
  const [one] = data.series;
  const first = one?.values[0];
  const last = one?.values.at(-1);
  // More at the end than at the beginning: no way leads from one to the other, and steps are not added up.
  if (!one || !first || last === undefined || last > first) return undefined;
  const share = words.percent(last / first);
  const end = words.categoryAt(data.categories.length - 1);
  const caption = locale.texts(chartTexts).reached(end, words.exact(last, one), words.exact(first, one));
  return { figure: share, exact: share, caption };
}

/** Sums of each unit beside each other, where they may not be added. */
function apartHeadline(data: ChartData, words: ChartWords, locale: Wording): Headline {
  const totals = data.series.map((one) => one.values.reduce((sum, v) => sum + (v || 0), 0));
  const join = (say: (value: number, one: Series) => string) =>
    data.series.map((one, i) => say(totals[i]!, one)).join(" · ");
  return {
    figure: join((value, one) => words.short(value, one)),
    exact: join((value, one) => words.exact(value, one)),
    caption: locale.texts(chartTexts).total,
  };
}

/** The last complete period against the one before, or the total and its largest part; undefined where nothing adds up. */
export function headlineOf(data: ChartData, words: ChartWords, locale: Wording): Headline | undefined {
  const series = addable(data);
  if (!series.length || !data.categories.length) return undefined;
  // A web compares shapes; no one figure stands for them.
  if (data.type === "radar") return undefined;
  const earlier = data.series.find((one) => one.earlier);
  if (earlier && series[0]!.column?.info.kind !== "percent")
    return comparedHeadline(data, words, locale, earlier);
  if (data.type === "funnel") return funnelHeadline(data, words, locale);
  const units = new Set(data.series.map(({ unit }) => unit));
  const byCurrency = data.series.every(({ column }) => column === series[0]!.column);
  if (!data.grain && byCurrency && units.size > 1 && units.size === data.series.length && units.size < 4)
    return apartHeadline(data, words, locale);
  if (data.grain) return timeHeadline(data, words, locale, series);
  return series[0]!.column?.info.kind === "percent" ? undefined : totalHeadline(data, words, locale, series);
}
