import { RadarChart } from "echarts/charts";
import { RadarComponent } from "echarts/components";
import type { EChartsCoreOption } from "echarts/core";
import type { ChartData } from "../aggregate.ts";
import type { ChartWords } from "../chart-words.ts";
import { type Drawing, plainText, seriesColour } from "../drawing.ts";
import { type Reading, readPlace } from "../reading.ts";
import { wrapName } from "../text-room.ts";
import type { Form, Mark } from "./form.ts";

const MOST_SHAPES = 5;

/** Several quantities are the axes and places the shapes; one quantity has places for axes and series for shapes. */
const byQuantity = ({ series }: ChartData) =>
  series.length > 2 && series.every(({ key }) => key === undefined);

const largest = (values: Float64Array) => values.reduce((most, v) => Math.max(most, v || 0), 0) || 1;

interface Web {
  axes: { name: string; max: number }[];
  shapes: { name: string; values: number[] }[];
}

function webOf({ data, words }: Drawing): Web {
  const { series, categories } = data;
  if (byQuantity(data)) {
    return {
      axes: series.map((one) => ({ name: words.series(one), max: largest(one.values) })),
      shapes: categories.slice(0, MOST_SHAPES).map((_, i) => ({
        name: words.categoryAt(i),
        values: series.map(({ values }) => values[i] || 0),
      })),
    };
  }
  const max = Math.max(...series.map(({ values }) => largest(values)));
  return {
    axes: categories.map((_, i) => ({ name: words.categoryAt(i), max })),
    shapes: series
      .slice(0, MOST_SHAPES)
      .map((one) => ({ name: words.series(one), values: Array.from(one.values, (v) => v || 0) })),
  };
}

/** A web of up to eight axes, a shape for each of a few; every axis reaches to its own largest value. */
function radarOption(drawing: Drawing): EChartsCoreOption {
  const { palette, narrow, data } = drawing;
  const { axes, shapes } = webOf(drawing);
  const room = narrow ? 76 : 130;
  return {
    legend: {
      show: shapes.length > 1,
      top: 0,
      left: 0,
      itemWidth: 14,
      itemHeight: 10,
      selectedMode: false,
      data: shapes.map(({ name }) => plainText(name)),
      textStyle: { color: palette.text, fontSize: 13 },
    },
    radar: {
      center: ["50%", shapes.length > 1 ? "56%" : "52%"],
      radius: narrow ? "54%" : "68%",
      indicator: axes.map(({ name, max }) => ({ name: wrapName(drawing, plainText(name), room, 12), max })),
      axisName: {
        color: palette["text-secondary"],
        fontSize: 12,
      },
      splitNumber: 4,
      splitArea: { show: false },
      splitLine: { lineStyle: { color: palette.divider } },
      axisLine: { lineStyle: { color: palette.divider } },
    },
    series: [
      {
        type: "radar",
        symbolSize: 6,
        emphasis: { focus: "self" },
        data: shapes.map(({ name, values }, i) => {
          const colour = (byQuantity(data) ? undefined : data.series[i]?.colour) ?? seriesColour(palette, i);
          return {
            name: plainText(name),
            value: values,
            itemStyle: { color: colour },
            lineStyle: { color: colour, width: 2, type: i > 2 ? [5, 4] : "solid" },
            areaStyle: { color: colour, opacity: 0.1 },
          };
        }),
      },
    ],
  };
}

function marks(data: ChartData): Mark[] {
  const count = byQuantity(data) ? data.categories.length : data.series.length;
  return Array.from({ length: Math.min(MOST_SHAPES, count) }, (_, i) => ({
    category: byQuantity(data) ? i : 0,
    ...(byQuantity(data) ? {} : { series: i }),
    at: { seriesIndex: 0, dataIndex: i },
  }));
}

function read(data: ChartData, words: ChartWords, { category, series }: Mark): Reading {
  if (series === undefined) return readPlace(data, words, category);
  const one = data.series[series]!;
  const lines = data.categories.map((_, i) => ({
    name: words.categoryAt(i),
    value: words.exact(one.values[i]!, one),
  }));
  return { title: words.series(one), lines };
}

export const form: Form = {
  extensions: [RadarChart, RadarComponent],
  option: radarOption,
  height: () => 320,
  marks,
  markAt: (data, at) => (byQuantity(data) ? marks(data)[at.dataIndex] : undefined),
  read,
  trigger: "item",
};
