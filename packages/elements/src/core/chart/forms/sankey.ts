import { SankeyChart } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import type { ChartData } from "../aggregate.ts";
import { type Drawing, plainText, seriesColour } from "../drawing.ts";
import type { Form, Mark } from "./form.ts";

interface Flow {
  from: number;
  to: number;
  value: number;
}

/** Moves that happened, the largest first. What stays where it was is no move. */
function flowsOf({ categories, series }: ChartData): Flow[] {
  const flows = series.flatMap((one, to) =>
    categories.flatMap((category, from) => {
      const value = one.values[from] || 0;
      return value > 0 && category.key !== one.key ? [{ from, to, value }] : [];
    }),
  );
  return flows.sort((a, b) => b.value - a.value);
}

const marks = (data: ChartData): Mark[] =>
  flowsOf(data).map(({ from, to }, i) => ({
    category: from,
    series: to,
    at: { seriesIndex: 0, dataIndex: i, dataType: "edge" },
  }));

/** Ends of a move have their own nodes: deals also go back, and a river must not flow in a circle. */
function sankeyOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette, narrow } = drawing;
  const flows = flowsOf(data);
  const names = [...new Set([...data.categories, ...data.series].map(({ key }) => key ?? ""))];
  const colourAt = (key: string | undefined, own: string | undefined) =>
    own ?? seriesColour(palette, Math.max(0, names.indexOf(key ?? "")));
  const label = {
    color: palette.text,
    fontSize: 12,
    width: narrow ? 90 : 150,
    overflow: "truncate",
  };
  const starts = [...new Set(flows.map(({ from }) => from))].map((from) => ({
    name: `>${from}`,
    depth: 0,
    itemStyle: { color: colourAt(data.categories[from]!.key, data.categories[from]!.colour) },
    label: { ...label, position: "right", formatter: plainText(words.categoryAt(from)) },
  }));
  const ends = [...new Set(flows.map(({ to }) => to))].map((to) => ({
    name: `${to}>`,
    depth: 1,
    itemStyle: { color: colourAt(data.series[to]!.key, data.series[to]!.colour) },
    label: { ...label, position: "left", formatter: plainText(words.series(data.series[to]!)) },
  }));
  return {
    legend: { show: false },
    series: [
      {
        type: "sankey",
        left: 0,
        right: 0,
        top: 8,
        bottom: 8,
        nodeWidth: 10,
        nodeGap: 12,
        draggable: false,
        nodes: [...starts, ...ends],
        links: flows.map(({ from, to, value }) => ({ source: `>${from}`, target: `${to}>`, value })),
        itemStyle: { borderWidth: 0, borderRadius: 3 },
        lineStyle: { color: "source", opacity: 0.28, curveness: 0.5 },
        emphasis: { focus: "adjacency", lineStyle: { opacity: 0.6 } },
      },
    ],
  };
}

export const form: Form = {
  extensions: [SankeyChart],
  option: sankeyOption,
  height: (data) => Math.max(280, Math.max(data.categories.length, data.series.length) * 44),
  marks,
  markAt: (data, at) => (at.dataType === "edge" ? marks(data)[at.dataIndex] : undefined),
  read: (data, words, { category, series = 0 }) => {
    const one = data.series[series]!;
    const value = words.exact(one.values[category]!, one);
    return { title: `${words.categoryAt(category)} → ${words.series(one)}`, lines: [{ name: "", value }] };
  },
  trigger: "item",
};
