import type { EChartsCoreOption } from "echarts/core";
import { type Drawing, plainText } from "./drawing.ts";
import type { Form, Mark } from "./forms/form.ts";
import { tooltipNode } from "./tooltip.ts";

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
    formatter: plainText,
  };
}

/** Ours from the ground: ECharts only says where it stands. */
function tooltip(drawing: Drawing, form: Form): EChartsCoreOption {
  const { data, words, palette, animate } = drawing;
  return {
    trigger: form.trigger,
    confine: true,
    className: "tip-box",
    backgroundColor: "transparent",
    borderWidth: 0,
    padding: 0,
    shadowBlur: 0,
    shadowColor: "transparent",
    transitionDuration: animate ? 0.15 : 0,
    axisPointer: {
      type: data.type === "bar" || data.type === "combo" ? "shadow" : "line",
      shadowStyle: { color: `${palette["text-faint"]}1c` },
      lineStyle: { color: palette.border, type: "solid" },
    },
    formatter: (params: Mark["at"] | Mark["at"][]) => {
      const [at] = Array.isArray(params) ? params : [params];
      if (!at) return "";
      const mark =
        form.trigger === "axis" || !form.markAt
          ? { category: at.dataIndex, at }
          : (form.markAt(data, at) ?? form.marks?.(data)[0]);
      return mark ? tooltipNode(form.read(data, words, mark), drawing) : "";
    },
  };
}

/** Quiet patterns: the first series has none, the others differ by direction and shape. */
function decals({ palette }: Drawing): object[] {
  const color = `${palette.surface}8c`;
  const lines = (rotation: number) => ({
    symbol: "rect",
    color,
    dashArrayX: [1, 0],
    dashArrayY: [2, 5],
    rotation,
  });
  return [
    { symbol: "none" },
    lines(Math.PI / 4),
    {
      symbol: "circle",
      color,
      symbolSize: 0.7,
      dashArrayX: [
        [8, 8],
        [0, 8, 8, 0],
      ],
      dashArrayY: [6, 0],
    },
    lines(-Math.PI / 4),
    lines(0),
    { symbol: "rect", color, dashArrayX: [[3, 5]], dashArrayY: [3, 5] },
    lines(Math.PI / 2),
  ];
}

const TOLD_BY_COLOUR = new Set(["bar", "area"]);

/** The whole option of ECharts. Holds only our own numbers, texts and checked colours. */
export function chartOption(drawing: Drawing, form: Form): EChartsCoreOption {
  const { data, animate, font, patterns } = drawing;
  const shown = patterns || (TOLD_BY_COLOUR.has(data.type) && data.series.length > 1);
  return {
    animation: animate,
    animationDuration: 200,
    animationDurationUpdate: 200,
    textStyle: { fontFamily: font },
    aria: { enabled: true, label: { enabled: false }, decal: { show: shown, decals: decals(drawing) } },
    tooltip: tooltip(drawing, form),
    legend: legend(drawing),
    ...form.option(drawing),
  };
}
