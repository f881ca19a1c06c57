import type { EChartsCoreOption } from "echarts/core";
import { type Drawing, plainText, seriesColour } from "./drawing.ts";

/** A ring with names and shares beside it; where narrow, the shares inside and the names in a key below. */
export function pieOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette, narrow, width } = drawing;
  const [one] = data.series;
  if (!one) return { series: [] };
  const names = data.categories.map((_, i) => plainText(words.categoryAt(i)));
  const slices = Array.from(one.values, (value, i) => {
    const { colour, isOther } = data.categories[i]!;
    const own = isOther ? palette["series-other"] : (colour ?? seriesColour(palette, i));
    return { name: names[i], value: Math.max(0, value || 0), itemStyle: { color: own } };
  });
  const shareOf = (index: number) => plainText(words.share(index));
  return {
    legend: narrow
      ? {
          show: true,
          orient: "vertical",
          bottom: 0,
          left: 0,
          itemWidth: 12,
          itemHeight: 12,
          selectedMode: false,
          textStyle: { color: palette.text, fontSize: 13 },
          formatter: (name: string) => `${name}  ${shareOf(names.indexOf(name))}`,
        }
      : { show: false },
    series: [
      {
        type: "pie",
        name: words.series(one),
        radius: narrow ? [44, 76] : ["50%", "80%"],
        center: narrow ? ["50%", 84] : ["50%", "50%"],
        startAngle: 90,
        minAngle: 2,
        data: slices,
        itemStyle: { borderColor: palette.surface, borderWidth: 2 },
        emphasis: { scaleSize: 4 },
        label: {
          show: !narrow,
          color: palette.text,
          fontSize: 13,
          lineHeight: 18,
          width: Math.round(width * 0.24),
          overflow: "break",
          formatter: ({ dataIndex }: { dataIndex: number }) => `${names[dataIndex]}\n${shareOf(dataIndex)}`,
        },
        labelLine: { show: !narrow, lineStyle: { color: palette["text-faint"] }, length: 10, length2: 8 },
      },
    ],
  };
}
