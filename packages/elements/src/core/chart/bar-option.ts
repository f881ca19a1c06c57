import type { EChartsCoreOption } from "echarts/core";
import type { ChartData } from "./aggregate.ts";
import { categoryAxis, valueAxis } from "./axes.ts";
import { colourOf, type Drawing, plainText, seriesColour } from "./drawing.ts";

const LONG_LABEL = 9;
const MANY = 8;
/** Bars that still have room for their figure. */
const LABELLED = 14;

/** Lying bars leave room for long names. Times always run from left to right. */
export function liesDown({ categories, grain }: ChartData, narrow: boolean): boolean {
  if (grain) return false;
  return narrow || categories.length > MANY || categories.some(({ key }) => (key?.length ?? 0) > LONG_LABEL);
}

/** Bars from zero, in the portal's colours where the categories have them, with their figures. */
export function barOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette, narrow } = drawing;
  const horizontal = liesDown(data, narrow);
  const single = data.series.length === 1;
  const labelled = single && (horizontal || data.categories.length <= LABELLED);
  const category = categoryAxis(drawing, horizontal);
  const value = valueAxis(drawing, !labelled);
  const round = horizontal ? [0, 4, 4, 0] : [4, 4, 0, 0];
  const series = data.series.map((one, at) => ({
    type: "bar",
    name: words.series(one),
    barMaxWidth: horizontal ? 22 : 48,
    barMinHeight: 2,
    itemStyle: { color: colourOf(one, at, palette), borderRadius: round },
    data: Array.from(one.values, (amount, i) => {
      const { colour, isOther } = data.categories[i]!;
      const own = isOther
        ? palette["series-other"]
        : single
          ? (colour ?? seriesColour(palette, 0))
          : undefined;
      const running = data.incomplete && i === data.categories.length - 1;
      const look = { ...(own ? { color: own } : {}), ...(running ? { opacity: 0.45 } : {}) };
      return { value: Number.isNaN(amount) ? null : amount, itemStyle: look };
    }),
    label: {
      show: labelled,
      position: horizontal ? "right" : "top",
      color: palette.text,
      fontSize: 12,
      formatter: ({ dataIndex }: { dataIndex: number }) =>
        plainText(words.short(one.values[dataIndex]!, one)),
    },
  }));
  return {
    grid: {
      left: 4,
      right: horizontal && labelled ? (narrow ? 64 : 84) : 12,
      top: single ? 16 : 44,
      bottom: 4,
      containLabel: true,
    },
    xAxis: horizontal ? value : category,
    yAxis: horizontal ? category : value,
    series,
  };
}
