import type { EChartsCoreOption } from "echarts/core";
import { barOption } from "./bar-option.ts";
import { type Drawing, plainText } from "./drawing.ts";
import { lineOption } from "./line-option.ts";
import { pieOption } from "./pie-option.ts";

/** Key of colours and patterns; only where several series need telling apart. */
export function legend({ data, words, palette }: Drawing): EChartsCoreOption {
  if (data.series.length < 2) return { show: false };
  return {
    show: true,
    type: "plain",
    top: 0,
    left: 0,
    itemWidth: 14,
    itemHeight: 10,
    itemGap: 16,
    selectedMode: false,
    data: data.series.map((one) => words.series(one)),
    textStyle: { color: palette.text, fontSize: 13 },
  };
}

function tooltip({ data, words, palette }: Drawing): Record<string, unknown> {
  return {
    trigger: data.type === "pie" ? "item" : "axis",
    renderMode: "richText",
    confine: true,
    backgroundColor: palette.surface,
    borderColor: palette.border,
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: palette.text, fontSize: 13, lineHeight: 20 },
    axisPointer: {
      type: data.type === "bar" ? "shadow" : "line",
      shadowStyle: { color: `${palette["text-faint"]}22` },
      lineStyle: { color: palette.border, type: "solid" },
    },
    formatter: (params: { dataIndex: number } | { dataIndex: number }[]) => {
      const [first] = Array.isArray(params) ? params : [params];
      return first ? words.reading(first.dataIndex).map(plainText).join("\n") : "";
    },
  };
}

/** The whole option of ECharts. Holds only our own numbers, texts and checked colours. */
export function chartOption(drawing: Drawing): EChartsCoreOption {
  const { data, animate, font, patterns } = drawing;
  const decals = patterns || (data.type === "bar" && data.series.length > 1);
  const parts = { bar: barOption, line: lineOption, pie: pieOption }[data.type](drawing);
  return {
    animation: animate,
    animationDuration: 200,
    animationDurationUpdate: 200,
    textStyle: { fontFamily: font },
    aria: { enabled: true, label: { enabled: false }, decal: { show: decals } },
    tooltip: tooltip(drawing),
    legend: legend(drawing),
    ...parts,
  };
}
