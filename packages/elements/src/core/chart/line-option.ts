import type { EChartsCoreOption } from "echarts/core";
import { categoryAxis, valueAxis } from "./axes.ts";
import { colourOf, type Drawing } from "./drawing.ts";

const SYMBOLS = ["circle", "rect", "triangle", "diamond"];
/** Beyond so many points marks only crowd the line. */
const MARKED = 40;

type Values = (number | null)[];

/** Solid up to the last complete period, dashed from there to the running one. */
function parts(values: Float64Array, incomplete: boolean): { solid: Values; dashed: Values | undefined } {
  const all: Values = Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  if (!incomplete || all.length < 2) return { solid: all, dashed: undefined };
  return {
    solid: [...all.slice(0, -1), null],
    dashed: all.map((value, i) => (i < all.length - 2 ? null : value)),
  };
}

/** Lines told apart by colour and by the shape of their marks; the running period dashed. */
export function lineOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette } = drawing;
  const series = data.series.flatMap((one, at) => {
    const { solid, dashed } = parts(one.values, data.incomplete);
    const colour = colourOf(one, at, palette);
    const shared = {
      type: "line",
      name: words.series(one),
      symbol: SYMBOLS[at % SYMBOLS.length],
      symbolSize: 7,
      showSymbol: data.categories.length <= MARKED,
      sampling: "lttb",
      itemStyle: { color: colour },
      emphasis: { disabled: true },
    };
    const area = data.series.length === 1 ? { areaStyle: { color: colour, opacity: 0.08 } } : {};
    const whole = { ...shared, ...area, data: solid, lineStyle: { width: 2.5, color: colour } };
    if (!dashed) return [whole];
    return [
      whole,
      { ...shared, data: dashed, lineStyle: { width: 2.5, color: colour, type: [5, 5] }, silent: true },
    ];
  });
  return {
    grid: { left: 4, right: 16, top: data.series.length > 1 ? 44 : 16, bottom: 4, containLabel: true },
    xAxis: { ...categoryAxis(drawing, false), boundaryGap: data.categories.length === 1 },
    yAxis: { ...valueAxis(drawing, true), min: (range: { min: number }) => Math.min(0, range.min) },
    series,
  };
}
