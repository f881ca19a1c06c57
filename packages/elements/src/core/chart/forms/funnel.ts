import { FunnelChart } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import type { ChartData } from "../aggregate.ts";
import type { ChartWords } from "../chart-words.ts";
import { type Drawing, inkOn, placeColour, plainText } from "../drawing.ts";
import { narrows } from "../narrows.ts";
import { type ReadingLine, readPlace } from "../reading.ts";
import { type Form, placeMarks } from "./form.ts";

const STEP = 40;

const valuesOf = (data: ChartData) => data.series[0]?.values ?? new Float64Array();

/** How much of the step before arrives here. */
function conversion(data: ChartData, index: number): number | undefined {
  const values = valuesOf(data);
  const before = narrows(values) ? values[index - 1] : undefined;
  return index > 0 && before ? (values[index] || 0) / before : undefined;
}

function conversionText(data: ChartData, words: ChartWords, index: number): string {
  const share = conversion(data, index);
  return share === undefined ? "" : words.percent(share);
}

/** Steps in the portal's order and colours; beside each its name, figure and how many of the step before came so far. */
function funnelOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette, narrow, width } = drawing;
  const [one] = data.series;
  if (!one) return { series: [] };
  const beside = narrow ? 0.42 : 0.4;
  const colours = data.categories.map((_, i) => placeColour(drawing, i, i));
  return {
    legend: { show: false },
    series: [
      {
        type: "funnel",
        name: words.series(one),
        sort: "none",
        left: Math.round(width * beside),
        right: narrow ? 4 : Math.round(width * 0.04),
        top: 4,
        bottom: 4,
        gap: 4,
        minSize: "6%",
        funnelAlign: "center",
        label: {
          show: true,
          position: "inside",
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => conversionText(data, words, dataIndex),
        },
        itemStyle: { borderWidth: 0 },
        emphasis: { label: { fontSize: 12 } },
        data: Array.from(one.values, (value, i) => ({
          name: plainText(words.categoryAt(i)),
          value: Math.max(0, value || 0),
          itemStyle: { color: colours[i] },
          // A narrow step has no room for its figure.
          label: { color: inkOn(colours[i]!), show: (value || 0) > 0.16 * Math.max(...one.values) },
        })),
      },
      {
        // The names: a second, unseen funnel of the same steps, so that each stands level with its step.
        type: "funnel",
        sort: "none",
        silent: true,
        left: 0,
        width: Math.round(width * beside) - 12,
        top: 4,
        bottom: 4,
        gap: 4,
        minSize: "100%",
        itemStyle: { color: "transparent", borderWidth: 0, decal: { symbol: "none" } },
        label: {
          position: "inside",
          width: Math.round(width * beside) - 16,
          overflow: "truncate",
          align: "center",
          color: palette.text,
          fontSize: 13,
          lineHeight: 16,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            `${plainText(words.categoryAt(dataIndex))}\n{figure|${plainText(words.short(one.values[dataIndex]!, one))}}`,
          rich: { figure: { color: palette["text-secondary"], fontSize: 12, lineHeight: 15 } },
        },
        data: Array.from(one.values, () => ({ name: "", value: 1 })),
      },
    ],
  };
}

export const form: Form = {
  extensions: [FunnelChart],
  option: funnelOption,
  height: (data) => Math.max(240, data.categories.length * (STEP + 4) + 8),
  marks: placeMarks,
  read: (data, words, { category }) => {
    const { title, lines } = readPlace(data, words, category);
    const values = valuesOf(data);
    const more: ReadingLine[] = [];
    if (category > 0 && narrows(values)) {
      more.push({ name: words.fixed.ofPrevious, value: conversionText(data, words, category) || "—" });
      if (values[0])
        more.push({ name: words.fixed.ofFirst, value: words.percent((values[category] || 0) / values[0]) });
    }
    return { title, lines: [...lines, ...more] };
  },
  trigger: "item",
};
