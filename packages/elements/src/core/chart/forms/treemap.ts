import { TreemapChart } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import { type Drawing, inkOn, placeColour, plainText } from "../drawing.ts";
import { readPlace } from "../reading.ts";
import { type Form, placeMarks } from "./form.ts";

/** Parts of a whole as areas, the largest first; names and figures where they fit. */
function treemapOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette } = drawing;
  const [one] = data.series;
  if (!one) return { series: [] };
  return {
    legend: { show: false },
    series: [
      {
        type: "treemap",
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        itemStyle: { borderColor: palette.surface, borderWidth: 0, gapWidth: 3, borderRadius: 4 },
        label: {
          position: "insideTopLeft",
          padding: [4, 4],
          fontSize: 13,
          lineHeight: 18,
          overflow: "truncate",
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            // The first node is the whole.
            const i = dataIndex - 1;
            return i < 0
              ? ""
              : `${plainText(words.categoryAt(i))}\n${plainText(words.short(one.values[i]!, one))} · ${words.share(i)}`;
          },
        },
        data: Array.from(one.values, (value, i) => {
          const colour = placeColour(drawing, i, i);
          return {
            name: plainText(words.categoryAt(i)),
            value: Math.max(0, value || 0),
            itemStyle: { color: colour },
            label: { color: inkOn(colour) },
          };
        }),
      },
    ],
  };
}

export const form: Form = {
  extensions: [TreemapChart],
  option: treemapOption,
  height: () => 320,
  marks: (data) =>
    placeMarks(data).map(({ category }) => ({ category, at: { seriesIndex: 0, dataIndex: category + 1 } })),
  markAt: (_, at) => (at.dataIndex > 0 ? { category: at.dataIndex - 1, at } : undefined),
  read: (data, words, { category }) => {
    const { title, lines } = readPlace(data, words, category);
    return { title, lines: [...lines, { name: words.fixed.share, value: words.share(category) }] };
  },
  trigger: "item",
};
