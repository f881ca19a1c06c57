import { HeatmapChart } from "echarts/charts";
import { VisualMapComponent } from "echarts/components";
import type { EChartsCoreOption } from "echarts/core";
import type { ChartData } from "../aggregate.ts";
import { blend, type Drawing, inkOn, plainText } from "../drawing.ts";
import { readCell } from "../reading.ts";
import type { Form, Mark } from "./form.ts";

const ROW = 34;
/** Cells narrower than this have no room for a figure. */
const ROOM = 44;

export function largestCell({ series }: ChartData): number {
  return series.reduce((most, { values }) => values.reduce((m, v) => Math.max(m, v || 0), most), 0);
}

/** From hardly more than the ground to the first series colour: the more, the stronger. */
export function scaleColours({ palette }: Drawing): [string, string] {
  return [blend(palette.surface, palette["series-1"], 0.07), palette["series-1"]];
}

export function visualMap(drawing: Drawing, most: number): EChartsCoreOption {
  return {
    type: "continuous",
    show: false,
    min: 0,
    max: most || 1,
    inRange: { color: scaleColours(drawing) },
  };
}

function marks(data: ChartData): Mark[] {
  const width = data.categories.length;
  return data.series.flatMap((_, series) =>
    data.categories.map((__, category) => ({
      category,
      series,
      at: { seriesIndex: 0, dataIndex: series * width + category },
    })),
  );
}

/** A grid of two dimensions; the strength of a cell is its quantity, and wide cells carry the figure. */
function heatmapOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette, width, narrow } = drawing;
  const most = largestCell(data);
  const [faint, strong] = scaleColours(drawing);
  const axis = {
    type: "category",
    axisTick: { show: false },
    axisLine: { show: false },
    axisLabel: { color: palette["text-secondary"], fontSize: 12, lineHeight: 16, hideOverlap: true },
  };
  const cells = data.series.flatMap((one, y) =>
    data.categories.map((_, x) => {
      const value = one.values[x]!;
      const ground = blend(faint, strong, most ? Math.max(0, value || 0) / most : 0);
      return { value: [x, y, value || 0], label: { color: inkOn(ground) } };
    }),
  );
  const room = (width - 130) / data.categories.length;
  return {
    legend: { show: false },
    visualMap: visualMap(drawing, most),
    grid: { left: 4, right: 8, top: 4, bottom: 4, containLabel: true },
    xAxis: { ...axis, data: data.categories.map((_, i) => plainText(words.tick(i, i === 0))) },
    yAxis: {
      ...axis,
      inverse: true,
      data: data.series.map((one) => plainText(words.series(one))),
      axisLabel: { ...axis.axisLabel, hideOverlap: false, width: narrow ? 80 : 140, overflow: "truncate" },
    },
    series: [
      {
        type: "heatmap",
        data: cells,
        itemStyle: { borderColor: palette.surface, borderWidth: 2, borderRadius: 4 },
        emphasis: { itemStyle: { borderColor: palette.text, borderWidth: 2 } },
        label: {
          show: room >= ROOM,
          fontSize: 12,
          formatter: ({ value }: { value: [number, number, number] }) =>
            value[2] ? plainText(words.short(value[2], data.series[value[1]]!)) : "",
        },
      },
    ],
  };
}

export const form: Form = {
  extensions: [HeatmapChart, VisualMapComponent],
  option: heatmapOption,
  height: (data) => Math.max(240, data.series.length * ROW + 32),
  marks,
  step: (data) => ({ x: 1, y: data.categories.length }),
  markAt: (data, at) => marks(data)[at.dataIndex],
  read: (data, words, { category, series = 0 }) => readCell(data, words, category, series),
  trigger: "item",
};
