import { BarChart } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import type { ChartData } from "../aggregate.ts";
import { categoryAxis, drawnValues, stacks, targetLine, targetRoom, unitsApart, valueAxis } from "../axes.ts";
import { colourOf, type Drawing, placeColour, plainText } from "../drawing.ts";
import { readPlace } from "../reading.ts";
import { keyRoom } from "../text-room.ts";
import { type Form, placeMarks } from "./form.ts";

const LONG_LABEL = 9;
const MANY = 8;
/** Bars that still have room for their figure. */
const LABELLED = 14;
const HEIGHT = 280;
const BAR = 32;
/** A name of two lines, where one line is no more than so many letters. */
const [TALL_BAR, LINE] = [40, 20];

/** Lying bars leave room for long names. Times always run from left to right. */
export function liesDown({ categories, grain }: ChartData, narrow: boolean): boolean {
  if (grain || categories[0]?.part) return false;
  return narrow || categories.length > MANY || categories.some(({ key }) => (key?.length ?? 0) > LONG_LABEL);
}

/** Corners are round where a bar ends: of stacked bars, on the last one that has a length. */
function roundness(
  { data }: Drawing,
  at: number,
  i: number,
  horizontal: boolean,
  stacked: boolean,
): number[] {
  const ends = !stacked || !data.series.slice(at + 1).some(({ values }) => values[i]);
  if (!ends) return [0, 0, 0, 0];
  return horizontal ? [0, 4, 4, 0] : [4, 4, 0, 0];
}

function barSeries(drawing: Drawing, horizontal: boolean, labelled: boolean): EChartsCoreOption[] {
  const { data, words, palette } = drawing;
  const single = data.series.filter(({ earlier }) => !earlier).length === 1;
  const stacked = stacks(drawing);
  return data.series.map((one, at) => ({
    type: "bar",
    name: words.series(one),
    ...(stacked ? { stack: "whole" } : {}),
    ...(unitsApart(data) ? { [horizontal ? "xAxisIndex" : "yAxisIndex"]: at } : {}),
    barMaxWidth: horizontal ? 22 : 44,
    barCategoryGap: "32%",
    barGap: "12%",
    barMinHeight: stacked ? 0 : 2,
    emphasis: { focus: single ? "none" : "series", itemStyle: { opacity: 1 } },
    blur: { itemStyle: { opacity: 0.3 } },
    itemStyle: {
      color: colourOf(one, at, palette),
      ...(stacked ? { borderColor: palette.surface, borderWidth: 1 } : {}),
    },
    data: drawnValues(drawing, one).map((value, i) => {
      const running = data.incomplete && i === data.categories.length - 1;
      const own = (single && !one.earlier) || data.categories[i]!.isOther;
      return {
        value,
        itemStyle: {
          borderRadius: roundness(drawing, at, i, horizontal, stacked),
          ...(own ? { color: placeColour(drawing, i, 0) } : {}),
          ...(running ? { opacity: 0.45 } : {}),
        },
      };
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
}

/** Bars from zero, in the portal's colours where the categories have them, with their figures. */
export function barOption(drawing: Drawing): EChartsCoreOption {
  const { data, narrow } = drawing;
  const horizontal = liesDown(data, narrow);
  const single = data.series.length === 1;
  const apart = unitsApart(data);
  const marked = data.categories.length * data.series.length;
  const labelled = (single && (horizontal || marked <= LABELLED)) || (apart && marked <= LABELLED);
  const category = categoryAxis(drawing, horizontal);
  // Each currency has a scale of its own: a length never compares one with another.
  const value = apart
    ? data.series.map((one) => ({ ...valueAxis(drawing, false, one) }))
    : valueAxis(drawing, !labelled);
  return {
    grid: {
      left: 4,
      right: horizontal && labelled ? (narrow ? 64 : 84) : 12 + targetRoom(drawing),
      top: single ? 20 : keyRoom(drawing),
      bottom: 4,
      containLabel: true,
    },
    xAxis: horizontal ? value : category,
    yAxis: horizontal ? category : value,
    series: [...barSeries(drawing, horizontal, labelled), ...(horizontal ? [] : targetLine(drawing))],
  };
}

/** Lying bars need a line for each name. */
export function barHeight(data: ChartData, narrow: boolean): number {
  if (!liesDown(data, narrow)) return HEIGHT;
  const isTall = narrow && data.categories.some(({ key }) => (key?.length ?? 0) > LINE);
  const side = data.stack === "none" ? Math.max(1, data.series.length * 0.6) : 1;
  return Math.max(
    HEIGHT,
    Math.round(data.categories.length * side * (isTall ? TALL_BAR : BAR)) +
      (data.series.length > 1 ? 72 : 24),
  );
}

export const form: Form = {
  extensions: [BarChart],
  option: barOption,
  height: barHeight,
  marks: placeMarks,
  markAt: (data, { seriesIndex, dataIndex }) => ({
    category: dataIndex,
    ...(data.series.length > 1 ? { series: seriesIndex } : {}),
    at: { seriesIndex, dataIndex },
  }),
  read: (data, words, { category }) => readPlace(data, words, category),
  trigger: "axis",
};
