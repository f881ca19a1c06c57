import type { Formats } from "../locale/formats.ts";
import type { Column, TableData } from "./column.ts";

/** A column's unit in a row: its own, or the text of the column that `{column}` names. */
export function unitOf(column: Column, row: number, data: TableData): string | undefined {
  const slot = column.info.unit?.match(/^\{(\w+)\}$/)?.[1];
  return slot ? (data.byName.get(slot)?.text(row) ?? undefined) : column.info.unit;
}

/** A number as its column's kind writes it. Percents are stored in points: 42.5 is "42,5 %". */
export function formatNumber(
  column: Column,
  value: number,
  unit: string | undefined,
  format: Formats,
): string {
  switch (column.info.kind) {
    case "id":
      return String(value);
    case "money":
      return format.money(value, unit, column.digits);
    case "percent":
      return format.percent(value / 100);
    default:
      return unit ? `${format.number(value)}\u00a0${unit}` : format.number(value);
  }
}

/** A row's value as the reader sees it; undefined where there is none. */
export function cellText(
  column: Column,
  row: number,
  data: TableData,
  format: Formats,
  words: { yes: string; no: string },
): string | undefined {
  if (column.type === "number") {
    const value = column.number(row);
    return Number.isNaN(value) ? undefined : formatNumber(column, value, unitOf(column, row, data), format);
  }
  if (column.type === "time") {
    const time = column.number(row);
    if (Number.isNaN(time)) return undefined;
    return column.isCalendar ? format.date(time, { calendar: true }) : format.dateTime(time);
  }
  if (column.type === "boolean") {
    const value = column.boolean(row);
    return value === null ? undefined : value ? words.yes : words.no;
  }
  return column.text(row) || undefined;
}

const SAFE_PATH = /^\/(?!\/)/;

/** Address of the row's record on the portal, where the column has a link and every slot a value. */
export function linkOf(column: Column, row: number, data: TableData): string | undefined {
  const { link } = column.info;
  if (!link || !data.portal || !SAFE_PATH.test(link)) return undefined;
  let complete = true;
  const path = link.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = data.byName.get(name)?.text(row);
    if (value === null || value === undefined || value === "") complete = false;
    return encodeURIComponent(value ?? "");
  });
  return complete ? data.portal + path : undefined;
}
