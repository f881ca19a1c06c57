import type { Language } from "../locale/locale.ts";
import { type ExportCell, type ExportInput, exportCell, exportHeadings } from "./export-rows.ts";

/** Texts that a spreadsheet would run as a formula get an apostrophe before them (OWASP's list). */
export function defuse(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}

function quoted(text: string, separator: string): string {
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cellToCsv(cell: ExportCell, separator: string, decimal: string): string {
  switch (cell.type) {
    case "none":
      return "";
    case "number":
      return String(cell.value).replace(".", decimal);
    case "date":
      return new Date(cell.value).toISOString().slice(0, 10);
    case "datetime":
      return new Date(cell.value).toISOString().slice(0, 19).replace("T", " ");
    case "text":
      return quoted(defuse(cell.value), separator);
  }
}

/**
 * CSV with a byte order mark, CRLF lines. Russian spreadsheets expect semicolons and decimal commas, English ones
 * commas and points; times are the reader's wall clock.
 */
export function csvOf(
  headings: readonly string[],
  rows: Iterable<readonly ExportCell[]>,
  language: Language,
): Blob {
  const separator = language === "ru" ? ";" : ",";
  const decimal = language === "ru" ? "," : ".";
  const lines = [headings.map((text) => quoted(defuse(text), separator)).join(separator)];
  for (const cells of rows)
    lines.push(cells.map((cell) => cellToCsv(cell, separator, decimal)).join(separator));
  return new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
}

function* cellsOf(input: ExportInput): Generator<ExportCell[]> {
  for (let i = 0; i < input.rows.length; i++) {
    const row = input.rows[i]!;
    yield input.columns.map((column) => exportCell(input, column, row));
  }
}

/** The rows on the screen as CSV. */
export function toCsv(input: ExportInput): Blob {
  return csvOf(exportHeadings(input), cellsOf(input), input.language);
}
