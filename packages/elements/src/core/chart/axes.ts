import type { EChartsCoreOption } from "echarts/core";
import { type Drawing, plainText } from "./drawing.ts";
import { monthTicks } from "./month-ticks.ts";

/** The axis of names: no frame, secondary text. `horizontal` bars are read from the top. */
export function categoryAxis(drawing: Drawing, horizontal: boolean): EChartsCoreOption {
  const { data, words, palette, narrow, width } = drawing;
  const months = data.grain === "month" ? monthTicks(data.categories, width - 70) : undefined;
  const [firstMonth = 0] = months ?? [];
  const room = horizontal ? Math.round(Math.min(220, width * 0.38)) : undefined;
  return {
    type: "category",
    data: data.categories.map((_, i) =>
      plainText(horizontal ? words.categoryAt(i) : words.tick(i, i === firstMonth)),
    ),
    inverse: horizontal,
    axisTick: { show: false },
    axisLine: { show: !horizontal, lineStyle: { color: palette.border } },
    axisLabel: {
      color: palette["text-secondary"],
      fontSize: narrow ? 12 : 13,
      lineHeight: 17,
      hideOverlap: true,
      ...(months ? { interval: (index: number) => months.has(index) } : {}),
      ...(room ? { width: room, overflow: "break", interval: 0, lineHeight: 14 } : {}),
    },
  };
}

/** The axis of quantities: from zero, light lines, figures in short. */
export function valueAxis({ data, words, palette }: Drawing, labels: boolean): EChartsCoreOption {
  const [first] = data.series;
  return {
    type: "value",
    axisLabel: {
      show: labels,
      color: palette["text-secondary"],
      fontSize: 12,
      hideOverlap: true,
      formatter: (value: number) => (first ? plainText(words.short(value, first)) : ""),
    },
    splitNumber: 4,
    splitLine: { show: labels, lineStyle: { color: palette.divider } },
  };
}
