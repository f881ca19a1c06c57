import type { EChartsCoreOption } from "echarts/core";
import type { Palette } from "../palette.ts";
import type { ChartData, Series } from "./aggregate.ts";
import { barOption } from "./bar-option.ts";
import type { ChartWords } from "./chart-words.ts";
import { lineOption } from "./line-option.ts";
import { pieOption } from "./pie-option.ts";

/** Everything that decides how a chart looks. */
export interface Drawing {
  data: ChartData;
  words: ChartWords;
  palette: Palette;
  font: string;
  /** Whether the plot is too narrow for labels beside it. */
  narrow: boolean;
  /** Plot width, px. */
  width: number;
  animate: boolean;
  /** Patterns on every shape: asked for by the reader's contrast setting. */
  patterns: boolean;
}

const SERIES_COLOURS = 8;

/** Colour of the n-th series or slice where the portal gives none. */
export function seriesColour(palette: Palette, index: number): string {
  return palette[`series-${(index % SERIES_COLOURS) + 1}` as "series-1"];
}

/** The portal's colour, else ours. */
export function colourOf(series: Series, index: number, palette: Palette): string {
  return series.colour ?? seriesColour(palette, index);
}

/** Braces would begin a rich-text style in ECharts' labels. */
export function plainText(text: string): string {
  return text.replace(/[{}|]/g, " ");
}

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
