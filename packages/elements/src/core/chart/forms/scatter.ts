import { ScatterChart } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import { labelOf } from "../../data/column-info.ts";
import type { ChartData } from "../aggregate.ts";
import type { ChartWords } from "../chart-words.ts";
import { type Drawing, plainText, seriesColour } from "../drawing.ts";
import type { Points } from "../points.ts";
import type { Reading } from "../reading.ts";
import type { Form, Mark } from "./form.ts";

const SYMBOLS = ["circle", "rect", "triangle", "diamond", "pin", "arrow", "roundRect", "circle"];
/** From here on points are drawn in bulk, small and see-through. */
const LARGE = 2000;
/** Keys step through so many points; the table has them all. */
const MOST_STOPS = 2000;

/** x and y after each other, as ECharts takes bulk data; one array per group. */
function coordinates({ x, y, rows, groups, names }: Points): { at: Float64Array; points: number[] }[] {
  const count = Math.max(1, names.length);
  const members: number[][] = Array.from({ length: count }, () => []);
  for (let point = 0; point < rows.length; point++) members[groups?.[point] ?? 0]!.push(point);
  return members.map((points) => {
    const at = new Float64Array(points.length * 2);
    points.forEach((point, i) => {
      at[2 * i] = x.numbers[rows[point]!]!;
      at[2 * i + 1] = y.numbers[rows[point]!]!;
    });
    return { at, points };
  });
}

const known = new WeakMap<Points, ReturnType<typeof coordinates>>();
function groupsOf(points: Points): ReturnType<typeof coordinates> {
  const found = known.get(points) ?? coordinates(points);
  known.set(points, found);
  return found;
}

function axisOf(drawing: Drawing, name: string, format: (value: number) => string): EChartsCoreOption {
  const { palette } = drawing;
  return {
    type: "value",
    scale: true,
    name: plainText(name),
    nameTextStyle: { color: palette["text-secondary"], fontSize: 12 },
    splitNumber: 4,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: palette["text-secondary"],
      fontSize: 12,
      hideOverlap: true,
      formatter: (value: number) => plainText(format(value)),
    },
    splitLine: { lineStyle: { color: palette.divider } },
  };
}

/** A point a row between two quantities; a hundred thousand as one picture. */
function scatterOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette } = drawing;
  const points = data.points!;
  const many = points.rows.length > LARGE;
  const groups = groupsOf(points);
  const series = groups.map(({ at }, i) => ({
    type: "scatter",
    name: points.names[i] ?? words.of(points.y),
    data: at,
    dimensions: ["x", "y"],
    large: many,
    largeThreshold: LARGE,
    progressive: 5000,
    symbol: many ? "circle" : SYMBOLS[i],
    symbolSize: many ? 2.5 : 9,
    itemStyle: {
      color: seriesColour(palette, i),
      opacity: many ? 0.3 : 0.75,
      ...(many ? {} : { borderColor: palette.surface, borderWidth: 1 }),
    },
    emphasis: { scale: 1.3, itemStyle: { opacity: 1 } },
  }));
  return {
    legend: {
      show: groups.length > 1,
      top: 0,
      left: 0,
      itemWidth: 12,
      itemHeight: 12,
      selectedMode: false,
      textStyle: { color: palette.text, fontSize: 13 },
    },
    grid: { left: 8, right: 20, top: groups.length > 1 ? 60 : 36, bottom: 28, containLabel: true },
    xAxis: {
      ...axisOf(drawing, words.of(points.x), (v) => words.shortOf(points.x, v)),
      nameLocation: "middle",
      nameGap: 30,
    },
    yAxis: {
      ...axisOf(drawing, words.of(points.y), (v) => words.shortOf(points.y, v)),
      nameTextStyle: { color: palette["text-secondary"], fontSize: 12, align: "left" },
    },
    series,
  };
}

const sorted = new WeakMap<Points, Mark[]>();

/** From left to right. */
function marks({ points }: ChartData): Mark[] {
  if (!points) return [];
  const ready = sorted.get(points);
  if (ready) return ready;
  const all = groupsOf(points).flatMap((group, seriesIndex) =>
    group.points.map((point, dataIndex): Mark => ({ category: point, at: { seriesIndex, dataIndex } })),
  );
  const x = (mark: Mark) => points.x.numbers[points.rows[mark.category]!]!;
  const step = Math.max(1, Math.ceil(all.length / MOST_STOPS));
  const list = all.sort((a, b) => x(a) - x(b)).filter((_, i) => i % step === 0);
  sorted.set(points, list);
  return list;
}

function read({ points }: ChartData, words: ChartWords, { category }: Mark): Reading {
  if (!points) return { title: "", lines: [] };
  const row = points.rows[category]!;
  const group = points.groups ? points.names[points.groups[category]!] : undefined;
  const lines = [points.x, points.y].map((column) => ({
    name: labelOf(column, words.language),
    value: words.exactOf(column, column.numbers[row]!),
  }));
  return {
    title: points.label?.text(row) ?? group ?? "",
    lines: group && points.label ? [{ name: "", value: group }, ...lines] : lines,
  };
}

export const form: Form = {
  extensions: [ScatterChart],
  option: scatterOption,
  height: () => 320,
  marks,
  markAt: (data, at) => {
    const point = data.points && groupsOf(data.points)[at.seriesIndex]?.points[at.dataIndex];
    return point === undefined ? undefined : { category: point, at };
  },
  read,
  trigger: "item",
  canvasFrom: 3000,
};
