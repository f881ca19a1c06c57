import { BarChart, LineChart } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import { categoryAxis, valueAxis } from "../axes.ts";
import { colourOf, type Drawing, fade } from "../drawing.ts";
import { readPlace } from "../reading.ts";
import { keyRoom } from "../text-room.ts";
import { barOption } from "./bar.ts";
import { type Form, placeMarks } from "./form.ts";

/** A quantity this many times smaller is not seen beside the other: it gets an axis of its own. */
const TOO_SMALL = 5;

const largest = (values: Float64Array) => values.reduce((most, v) => Math.max(most, v || 0), 0);

function needsAxis({ data }: Drawing, at: number): boolean {
  const first = data.series[0]!;
  const one = data.series[at]!;
  if (one.unit !== first.unit || one.column?.info.kind !== first.column?.info.kind) return true;
  const ratio = largest(first.values) / (largest(one.values) || 1);
  return ratio > TOO_SMALL || ratio < 1 / TOO_SMALL;
}

/** The first quantity as bars, the others as lines over them; other units on an axis at the right. */
function comboOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette } = drawing;
  const bars = barOption({ ...drawing, narrow: false, data: { ...data, series: data.series.slice(0, 1) } });
  const second = data.series.findIndex((_, i) => i > 0 && needsAxis(drawing, i));
  const lines = data.series.slice(1).map((one, i) => {
    const colour = colourOf(one, i + 1, palette);
    return {
      type: "line",
      name: words.series(one),
      yAxisIndex: needsAxis(drawing, i + 1) ? 1 : 0,
      symbol: "circle",
      symbolSize: 7,
      showSymbol: data.categories.length <= 24,
      smooth: 0.15,
      smoothMonotone: "x",
      z: 3,
      itemStyle: { color: colour, borderColor: palette.surface, borderWidth: 1.5 },
      lineStyle: { width: 2.5, color: colour },
      data: Array.from(one.values, (value) => (Number.isNaN(value) ? null : value)),
    };
  });
  const [bar] = bars.series as EChartsCoreOption[];
  const colour = colourOf(data.series[0]!, 0, palette);
  const right =
    second > 0 ? [{ ...valueAxis(drawing, true, data.series[second]), splitLine: { show: false } }] : [];
  return {
    grid: { left: 4, right: right.length ? 4 : 12, top: keyRoom(drawing), bottom: 4, containLabel: true },
    xAxis: categoryAxis(drawing, false),
    yAxis: [valueAxis(drawing, true), ...right],
    series: [
      {
        ...bar,
        label: { show: false },
        itemStyle: { color: fade(colour, "e6", "99"), borderRadius: [4, 4, 0, 0] },
      },
      ...lines,
    ],
  };
}

export const form: Form = {
  extensions: [BarChart, LineChart],
  option: comboOption,
  height: () => 280,
  marks: placeMarks,
  read: (data, words, { category }) => readPlace(data, words, category),
  trigger: "axis",
};
