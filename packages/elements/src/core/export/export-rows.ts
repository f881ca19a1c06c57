import { unitOf } from "../data/cell-text.ts";
import type { Column, TableData } from "../data/column.ts";
import { labelOf } from "../data/column-info.ts";
import type { Formats } from "../locale/formats.ts";
import type { Language } from "../locale/locale.ts";
import { wallClock } from "../locale/zoned-day.ts";

/** What is exported: the columns and rows on the screen, in their order. */
export interface ExportInput {
  data: TableData;
  columns: readonly Column[];
  rows: ArrayLike<number>;
  language: Language;
  format: Formats;
  words: { yes: string; no: string };
}

/** A cell for a file: numbers and times stay typed, so that a spreadsheet can count with them. */
export type ExportCell =
  | { type: "number"; value: number; decimals: 0 | 2 }
  | { type: "date" | "datetime" /** Wall clock of the reader as if it were UTC, epoch ms. */; value: number }
  | { type: "text"; value: string }
  | { type: "none" };

/** Headings; a column of one unit carries it: "Сумма, RUB". */
export function exportHeadings({ columns, language, data }: ExportInput): string[] {
  return columns.map((column) => {
    const unit = column.info.unit?.startsWith("{") ? undefined : unitOf(column, 0, data);
    return unit ? `${labelOf(column, language)}, ${unit}` : labelOf(column, language);
  });
}

/** Reads one cell for a file. */
export function exportCell(input: ExportInput, column: Column, row: number): ExportCell {
  if (column.type === "number") {
    const value = column.number(row);
    return Number.isNaN(value) ? { type: "none" } : { type: "number", value, decimals: column.digits };
  }
  if (column.type === "time") {
    const value = column.number(row);
    if (Number.isNaN(value)) return { type: "none" };
    if (column.isCalendar) return { type: "date", value };
    return { type: "datetime", value: wallClock(value, input.format.timeZone) };
  }
  if (column.type === "boolean") {
    const value = column.boolean(row);
    return value === null
      ? { type: "none" }
      : { type: "text", value: value ? input.words.yes : input.words.no };
  }
  const text = column.text(row);
  return text ? { type: "text", value: text } : { type: "none" };
}
