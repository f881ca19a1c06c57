import type { Table } from "@uwdata/flechette";
import { dayInput } from "../locale/zoned-day.ts";
import type { ChartData } from "./aggregate.ts";
import type { ChartWords } from "./chart-words.ts";
import type { ChartSelection } from "./events.ts";
import type { Form, Mark } from "./forms/form.ts";
import type { Picture } from "./picture.ts";
import { sayReading } from "./reading.ts";
import type { RowsBehind } from "./rows-dialog.ts";
import { nextPeriod, periodStart } from "./time-grain.ts";

function spanOf(from: number, to: number, zone: string | undefined) {
  return { from, to, days: [dayInput(from, zone), dayInput(to - 1, zone)] as const };
}

/** A mark in the words of the data: what a page, or a drill-down, filters by. */
export function selectionOf(
  data: ChartData,
  words: ChartWords,
  form: Form,
  mark: Mark,
  timeZone: string | undefined,
): ChartSelection {
  const category = data.categories[mark.category];
  const series = mark.series === undefined ? undefined : data.series[mark.series];
  const zone = data.x.isCalendar ? "UTC" : timeZone;
  const value = (series ?? (data.series.length === 1 ? data.series[0] : undefined))?.values[mark.category];
  return {
    x: data.x.info.name,
    key: category?.key,
    ...(category?.time !== undefined && category.key && data.grain
      ? spanOf(category.time, periodStart(nextPeriod(category.key, data.grain), zone), zone)
      : {}),
    ...(series?.key !== undefined && data.split
      ? { series: { column: data.split.info.name, key: series.key } }
      : {}),
    ...(value === undefined || Number.isNaN(value) ? {} : { value }),
    text: sayReading(form.read(data, words, mark)),
  };
}

/** A table of this few columns is a count of rows, not the rows. */
const GROUPED = 3;

/** Whether the rows themselves lie behind the marks: more of them, and wider, than what is drawn. */
export function hasRows({ source, data }: Picture): boolean {
  if (source.columns.length <= GROUPED) return false;
  return data.points !== undefined || source.rows > data.categories.length * data.series.length;
}

/** The records that a mark stands for. */
export function rowsBehind(
  { data }: Picture,
  words: ChartWords,
  form: Form,
  mark: Mark,
  table: Table,
): RowsBehind {
  const rows = data.rowsOf(mark.category, mark.series);
  const place = data.points ? form.read(data, words, mark).title : words.categoryAt(mark.category);
  const series = mark.series === undefined || !data.split ? "" : words.series(data.series[mark.series]!);
  const title = words.fixed.rowsBehind(rows.length, [place, series].filter(Boolean).join(", "));
  return { title, table, rows };
}
