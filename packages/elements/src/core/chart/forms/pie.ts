import { PieChart } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import { type Drawing, placeColour, plainText } from "../drawing.ts";
import { readPlace } from "../reading.ts";
import { wrapName } from "../text-room.ts";
import { type Form, placeMarks } from "./form.ts";

/** A ring of 160 px and a line of the key for each slice below it. */
const NARROW_PIE = 180;
const KEY_LINE = 24;

const keyedHeight = (slices: number): number => NARROW_PIE + slices * KEY_LINE;

interface Places {
  readonly radius: readonly (number | string)[];
  readonly center: readonly (number | string)[];
  /** Where the key stands, and how its text is cut. */
  readonly key: object;
  readonly keyText: object;
}

const WIDE: Places = { radius: ["52%", "82%"], center: ["50%", "50%"], key: {}, keyText: {} };

/** Where the ring and its key stand in a narrow place: one below the other, or side by side where that is too high. */
function narrowPlaces({ data, width, height }: Drawing): Places {
  if (height >= keyedHeight(data.categories.length))
    return { radius: [44, 76], center: ["50%", 84], key: { bottom: 0, left: 0 }, keyText: {} };
  const radius = Math.round(Math.min(height * 0.48, width * 0.22));
  const left = radius * 2 + 16;
  return {
    radius: [Math.round(radius * 0.58), radius],
    center: [radius, "50%"],
    key: { top: "middle", left, itemGap: 4 },
    keyText: { width: width - left - 20, overflow: "truncate" },
  };
}

/** A ring with names and shares beside it; where narrow, names and shares in a key. */
function pieOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette, narrow, width } = drawing;
  const [one] = data.series;
  if (!one) return { series: [] };
  const room = Math.round(width * 0.24);
  const names = data.categories.map((_, i) => plainText(words.categoryAt(i)));
  const slices = Array.from(one.values, (value, i) => ({
    name: names[i],
    value: Math.max(0, value || 0),
    itemStyle: { color: placeColour(drawing, i, i) },
  }));
  const shareOf = (index: number) => plainText(words.share(index));
  const { radius, center, key, keyText } = narrow ? narrowPlaces(drawing) : WIDE;
  return {
    legend: narrow
      ? {
          show: true,
          orient: "vertical",
          itemWidth: 12,
          itemHeight: 12,
          selectedMode: false,
          ...key,
          textStyle: { color: palette.text, fontSize: 13, ...keyText },
          formatter: (name: string) => `${shareOf(names.indexOf(name))}  ${name}`,
        }
      : { show: false },
    series: [
      {
        type: "pie",
        name: words.series(one),
        radius,
        center,
        startAngle: 90,
        minAngle: 2,
        data: slices,
        itemStyle: { borderColor: palette.surface, borderWidth: 2, borderRadius: 4 },
        emphasis: { scaleSize: 4 },
        label: {
          show: !narrow,
          color: palette.text,
          fontSize: 13,
          lineHeight: 18,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            `${wrapName(drawing, names[dataIndex]!, room, 13)}\n${shareOf(dataIndex)}`,
        },
        labelLine: { show: !narrow, lineStyle: { color: palette["text-faint"] }, length: 10, length2: 8 },
      },
    ],
  };
}

export const form: Form = {
  extensions: [PieChart],
  option: pieOption,
  height: (data, narrow) => (narrow ? keyedHeight(data.categories.length) : 280),
  marks: placeMarks,
  read: (data, words, { category }) => {
    const { title, lines } = readPlace(data, words, category);
    return { title, lines: [...lines, { name: words.fixed.share, value: words.share(category) }] };
  },
  trigger: "item",
};
