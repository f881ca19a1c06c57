import { LineChart } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import type { ChartData } from "../aggregate.ts";
import { categoryAxis, drawnValues, stacks, targetLine, targetRoom, unitsApart, valueAxis } from "../axes.ts";
import { colourOf, type Drawing, fade, plainText } from "../drawing.ts";
import { readPlace } from "../reading.ts";
import { keyRoom } from "../text-room.ts";
import { type Form, placeMarks } from "./form.ts";

const SYMBOLS = ["circle", "rect", "triangle", "diamond"];
/** Beyond so many points marks only crowd the line. */
const MARKED = 31;
/** Names stand at the ends of so many lines; more need a key. */
const NAMED = 5;
const LABEL_LINE = 17;

type Values = (number | null)[];

/** Solid up to the last complete period, dashed from there to the running one. */
function parts(all: Values, incomplete: boolean): { solid: Values; dashed: Values | undefined } {
  if (!incomplete || all.length < 2) return { solid: all, dashed: undefined };
  return {
    solid: [...all.slice(0, -1), null],
    dashed: all.map((value, i) => (i < all.length - 2 ? null : value)),
  };
}

/** Whether every line can carry its name at its end: few, and far enough from each other there. */
function namesLines({ data, narrow, height }: Drawing, filled: boolean): boolean {
  const { series } = data;
  if (series.length < 2 || series.length > NAMED || narrow || filled) return false;
  const most = Math.max(...series.flatMap(({ values }) => [...values].filter((v) => !Number.isNaN(v))));
  const ends = series.map(({ values }) => values.at(-1) || 0).sort((a, b) => a - b);
  const pixels = ((height || 280) - 60) / (most || 1);
  return ends.every((end, i) => i === 0 || (end - ends[i - 1]!) * pixels >= LABEL_LINE);
}

/** Lines told apart by colour, by the shape of their marks and by their names; the running period dashed. */
function lineSeries(drawing: Drawing, filled: boolean, named: boolean): EChartsCoreOption[] {
  const { data, words, palette } = drawing;
  const stacked = filled && stacks(drawing);
  return data.series.flatMap((one, at) => {
    const { solid, dashed } = parts(drawnValues(drawing, one), data.incomplete && !stacked && !one.earlier);
    const colour = colourOf(one, at, palette);
    const end = {
      show: named,
      color: palette.text,
      fontSize: 12,
      width: 120,
      overflow: "truncate",
      formatter: () => plainText(words.series(one)),
    };
    const shared = {
      type: "line",
      name: words.series(one),
      symbol: SYMBOLS[at % SYMBOLS.length],
      symbolSize: 7,
      showSymbol: !stacked && data.categories.length <= MARKED,
      sampling: "lttb",
      smooth: 0.15,
      smoothMonotone: "x",
      itemStyle: { color: colour, borderColor: palette.surface, borderWidth: 1.5 },
      emphasis: { focus: data.series.length > 1 ? "series" : "none" },
      blur: { lineStyle: { opacity: 0.25 }, areaStyle: { opacity: 0.2 } },
      ...(stacked ? { stack: "whole" } : {}),
      ...(unitsApart(data) ? { yAxisIndex: at } : {}),
    };
    const ground = stacked ? { color: colour, opacity: 0.55 } : { color: fade(colour, "33", "00") };
    const area = filled || data.series.length === 1 ? { areaStyle: ground } : {};
    const whole = {
      ...shared,
      ...area,
      data: solid,
      lineStyle: {
        width: stacked || one.earlier ? 1.5 : 2.5,
        color: colour,
        type: one.earlier ? [4, 4] : "solid",
      },
      endLabel: dashed ? { show: false } : end,
    };
    if (!dashed) return [whole];
    const line = { width: 2.5, color: colour, type: [5, 5] };
    // Straight: WebKit draws no dashes along a curve through two points.
    return [whole, { ...shared, data: dashed, lineStyle: line, endLabel: end, smooth: false }];
  });
}

const fromZero = { min: (range: { min: number }) => Math.min(0, range.min) };

/** One axis; where the series are of different units, one each, the first two of them seen. */
function valueAxes(drawing: Drawing): EChartsCoreOption | EChartsCoreOption[] {
  const { data } = drawing;
  if (!unitsApart(data)) return { ...valueAxis(drawing, true), ...fromZero };
  return data.series.map((one, at) => ({
    ...valueAxis(drawing, at < 2, one),
    ...fromZero,
    position: at === 0 ? "left" : "right",
    ...(at === 0 ? {} : { splitLine: { show: false } }),
  }));
}

/** Lines, or areas where `filled`. */
export function lineOption(drawing: Drawing, filled = false): EChartsCoreOption {
  const { data } = drawing;
  const named = namesLines(drawing, filled);
  const top = data.series.length > 1 && !named ? keyRoom(drawing) : 16;
  return {
    ...(named ? { legend: { show: false } } : {}),
    grid: { left: 4, right: named ? 128 : 16 + targetRoom(drawing), top, bottom: 4, containLabel: true },
    xAxis: { ...categoryAxis(drawing, false), boundaryGap: data.categories.length === 1 },
    yAxis: valueAxes(drawing),
    series: [...lineSeries(drawing, filled, named), ...targetLine(drawing)],
  };
}

/** A running period is drawn by the dashed line that follows its series. */
export function lineMarks(data: ChartData) {
  const marks = placeMarks(data);
  const last = marks.at(-1);
  if (data.incomplete && last && marks.length > 1) last.at.seriesIndex = 1;
  return marks;
}

export const form: Form = {
  extensions: [LineChart],
  option: (drawing) => lineOption(drawing),
  height: () => 280,
  marks: lineMarks,
  markAt: (data, { seriesIndex, dataIndex }) => {
    const perLine = data.incomplete && data.categories.length > 1 ? 2 : 1;
    const series = Math.floor(seriesIndex / perLine);
    return {
      category: dataIndex,
      ...(data.series.length > 1 ? { series } : {}),
      at: { seriesIndex, dataIndex },
    };
  },
  read: (data, words, { category }) => readPlace(data, words, category),
  trigger: "axis",
};
