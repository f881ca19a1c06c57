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
export function toCsv(input: ExportInput): Blob {
  const [separator, decimal] = input.language === "ru" ? [";", ","] : [",", "."];
  const lines = [
    exportHeadings(input)
      .map((text) => quoted(defuse(text), separator!))
      .join(separator),
  ];
  for (let i = 0; i < input.rows.length; i++) {
    const row = input.rows[i]!;
    lines.push(
      input.columns
        .map((column) => cellToCsv(exportCell(input, column, row), separator!, decimal!))
        .join(separator),
    );
  }
  return new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
}
