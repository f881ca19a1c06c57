import { HeatmapChart } from "echarts/charts";
import { CalendarComponent, VisualMapComponent } from "echarts/components";
import type { EChartsCoreOption } from "echarts/core";
import type { ChartData } from "../aggregate.ts";
import { type Drawing, plainText } from "../drawing.ts";
import { readPlace } from "../reading.ts";
import { type Form, type Mark, placeMarks } from "./form.ts";
import { largestCell, visualMap } from "./heatmap.ts";

const DAY = 86_400_000;
/** Weeks of one strip; three of them stand beside each other where there is room, so that a year is one line. */
const WEEKS = 18;
const ABREAST = 3;
const SIDE = 36;
const HEAD = 26;
const GAP = 12;
/** A year and its weeks at both ends; older days are not drawn. */
const MOST_STRIPS = 9;

/** Strips of whole weeks, oldest first, as [first day, last day]. */
function stripsOf({ categories }: ChartData): [number, number][] {
  const last = Date.parse(`${categories.at(-1)?.key}T00:00:00Z`);
  const first = Date.parse(`${categories[0]?.key}T00:00:00Z`);
  const monday = (time: number) => time - ((new Date(time).getUTCDay() + 6) % 7) * DAY;
  const strips: [number, number][] = [];
  for (let from = monday(first); from <= last; from += WEEKS * 7 * DAY)
    strips.push([Math.max(first, from), Math.min(last, from + WEEKS * 7 * DAY - DAY)]);
  return strips.slice(-MOST_STRIPS);
}

const dayKey = (time: number) => new Date(time).toISOString().slice(0, 10);

function places(data: ChartData, [from, to]: [number, number]): number[] {
  const [first, last] = [dayKey(from), dayKey(to)];
  return data.categories.flatMap(({ key = "" }, i) => (key >= first && key <= last ? i : []));
}

function cellSize(width: number, narrow: boolean): number {
  const weeks = narrow ? WEEKS : WEEKS * ABREAST;
  return Math.max(6, Math.min(20, Math.floor((width - SIDE - 4) / weeks)));
}

interface Month {
  yyyy: string;
  MM: string;
  M: string;
}

/** A square a day, a column a week, months named above; the more, the stronger. */
function calendarOption(drawing: Drawing): EChartsCoreOption {
  const { data, words, palette, width, narrow } = drawing;
  const [one] = data.series;
  if (!one) return { series: [] };
  const strips = stripsOf(data);
  const cell = cellSize(width, narrow);
  const abreast = narrow ? 1 : ABREAST;
  const label = { color: palette["text-secondary"], fontSize: 11 };
  return {
    legend: { show: false },
    visualMap: visualMap(drawing, largestCell(data)),
    calendar: strips.map(([from, to], i) => ({
      range: [dayKey(from), dayKey(to)],
      top: HEAD + Math.floor(i / abreast) * (7 * cell + HEAD + GAP),
      left: SIDE + (i % abreast) * WEEKS * cell,
      cellSize: [cell, cell],
      splitLine: { show: false },
      itemStyle: { color: palette["surface-sunken"], borderColor: palette.surface, borderWidth: 2 },
      yearLabel: { show: false },
      dayLabel: {
        ...label,
        show: i % abreast === 0,
        firstDay: 1,
        margin: 6,
        nameMap: [7, 1, 2, 3, 4, 5, 6].map((day) => (day % 2 ? words.weekdayShort(day) : "")),
      },
      monthLabel: {
        ...label,
        fontSize: 12,
        // A month that began in the strip before has its name there.
        formatter: ({ yyyy, MM, M }: Month) => {
          const began = Date.parse(`${yyyy}-${MM}-01T00:00:00Z`) >= from;
          if (!began && i > 0) return "";
          const name = plainText(words.monthShort(Number(M) - 1));
          return M === "1" ? `${name} ${yyyy}` : name;
        },
      },
    })),
    series: strips.map((strip, i) => ({
      type: "heatmap",
      coordinateSystem: "calendar",
      calendarIndex: i,
      itemStyle: { borderColor: palette.surface, borderWidth: cell > 10 ? 2 : 1, borderRadius: 3 },
      emphasis: { itemStyle: { borderColor: palette.text } },
      data: places(data, strip).map((place) => [data.categories[place]!.key, one.values[place] || 0]),
    })),
  };
}

/** Days by their place within their strip, as ECharts counts them. */
function marks(data: ChartData): Mark[] {
  return stripsOf(data).flatMap((strip, seriesIndex) =>
    places(data, strip).map((category, dataIndex) => ({ category, at: { seriesIndex, dataIndex } })),
  );
}

export const form: Form = {
  extensions: [HeatmapChart, CalendarComponent, VisualMapComponent],
  option: calendarOption,
  height: (data, narrow) => {
    const lines = Math.ceil(stripsOf(data).length / (narrow ? 1 : ABREAST));
    return lines * (7 * (narrow ? 14 : 17) + HEAD + GAP) + 8;
  },
  marks: (data) => (data.categories.length ? marks(data) : placeMarks(data)),
  step: () => ({ x: 7, y: 1 }),
  markAt: (data, at) =>
    marks(data).find((one) => one.at.seriesIndex === at.seriesIndex && one.at.dataIndex === at.dataIndex),
  read: (data, words, { category }) => readPlace(data, words, category),
  trigger: "item",
};
