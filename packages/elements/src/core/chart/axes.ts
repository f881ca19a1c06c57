import type { EChartsCoreOption } from "echarts/core";
import type { ChartData, Series } from "./aggregate.ts";
import { type Drawing, plainText } from "./drawing.ts";
import { monthTicks } from "./month-ticks.ts";
import { wrapName } from "./text-room.ts";

/** The axis of names: no frame, secondary text. `horizontal` bars are read from the top. */
export function categoryAxis(drawing: Drawing, horizontal: boolean): EChartsCoreOption {
  const { data, words, palette, narrow, width } = drawing;
  const months = data.grain === "month" ? monthTicks(data.categories, width - 70) : undefined;
  const [firstMonth = 0] = months ?? [];
  const room = horizontal ? Math.round(Math.min(220, width * 0.38)) : undefined;
  const fontSize = narrow ? 12 : 13;
  return {
    type: "category",
    data: data.categories.map((_, i) =>
      room
        ? wrapName(drawing, plainText(words.categoryAt(i)), room, fontSize)
        : plainText(words.tick(i, i === firstMonth)),
    ),
    inverse: horizontal,
    axisTick: { show: false },
    axisLine: { show: !horizontal, lineStyle: { color: palette.border } },
    axisLabel: {
      color: palette["text-secondary"],
      fontSize,
      lineHeight: 17,
      // A lying bar without its name says nothing.
      hideOverlap: !horizontal,
      ...(months ? { interval: (index: number) => months.has(index) } : {}),
      ...(room ? { interval: 0, lineHeight: 14 } : {}),
    },
  };
}

/** The axis of quantities: from zero, light lines, figures in short. */
export function valueAxis(drawing: Drawing, labels: boolean, of?: Series): EChartsCoreOption {
  const { data, words, palette } = drawing;
  const first = of ?? data.series[0];
  const shares = data.stack === "percent";
  return {
    type: "value",
    ...(shares ? { max: 1 } : {}),
    axisLabel: {
      show: labels,
      color: palette["text-secondary"],
      fontSize: 12,
      hideOverlap: true,
      formatter: (value: number) =>
        shares ? words.percent(value) : first ? plainText(words.short(value, first)) : "",
    },
    splitNumber: 4,
    splitLine: { show: labels, lineStyle: { color: palette.divider } },
  };
}

/** Values as drawn: shares of their place where parts of the whole are asked for. */
export function drawnValues({ data }: Drawing, series: Series): (number | null)[] {
  const whole = (i: number) => data.series.reduce((sum, { values }) => sum + (values[i] || 0), 0);
  return Array.from(series.values, (value, i) => {
    if (Number.isNaN(value)) return null;
    return data.stack === "percent" ? value / (whole(i) || 1) : value;
  });
}

/** Amounts in different units never lie on each other. */
export function stacks({ data }: Drawing): boolean {
  const [first] = data.series;
  const alike = data.series.every(({ unit, column }) => unit === first?.unit && column === first?.column);
  return data.stack !== "none" && data.series.length > 1 && alike;
}

/** What the quantity was to reach, as a dashed line across the plot. */
export function targetLine(drawing: Drawing): EChartsCoreOption[] {
  const { data, words, palette } = drawing;
  const [first] = data.series;
  if (data.target === undefined || !first || data.stack === "percent") return [];
  return [
    {
      type: "line",
      name: words.fixed.target,
      symbol: "none",
      silent: true,
      z: 1,
      data: data.categories.map(() => data.target),
      lineStyle: { color: palette["text-secondary"], width: 1.5, type: [4, 4] },
      itemStyle: { color: palette["text-secondary"] },
      endLabel: {
        show: true,
        distance: 6,
        color: palette["text-secondary"],
        fontSize: 12,
        lineHeight: 15,
        formatter: () => plainText(`${words.fixed.target}\n${words.short(data.target!, first)}`),
      },
    },
  ];
}

/** Room at the right for the words of `targetLine`. */
export const targetRoom = ({ data }: Drawing): number => (data.target === undefined ? 0 : 76);

/** Whether the series are quantities of different units. */
export function unitsApart({ series }: ChartData): boolean {
  return series.length > 1 && new Set(series.map(({ unit }) => unit)).size > 1;
}
