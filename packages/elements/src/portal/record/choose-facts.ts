import type { Column, TableData } from "../../core/data/column.ts";

/** What a record's card shows, and where. */
export interface Facts {
  /** The column that names the record. */
  title: Column | undefined;
  /** The sum above the rest. */
  figure: Column | undefined;
  /** States, as chips beside the figure. */
  chips: readonly Column[];
  /** Label and value each; those without a value are left out. */
  rest: readonly Column[];
}

/** Columns that mean nothing to a reader by themselves: codes and ids, and the currency that the sum carries. */
function isForMachines({ info }: Column): boolean {
  return info.kind === "id" || info.name.endsWith("_id") || info.name === "currency";
}

function hasValue(column: Column): boolean {
  if (column.type === "number" || column.type === "time") return !Number.isNaN(column.number(0));
  if (column.type === "boolean") return column.boolean(0) !== null;
  return Boolean(column.text(0));
}

/** Sorts the columns of the first row by what they are to a reader. */
export function chooseFacts({ columns, rows }: TableData): Facts {
  const filled = rows === 0 ? [] : columns.filter((column) => hasValue(column) && !isForMachines(column));
  const title = filled.find(({ info, type }) => type === "text" && info.link?.includes("{id}"));
  const figure = filled.find(({ info }) => info.kind === "money");
  const chips = filled.filter(({ info }) => info.colors.size > 0);
  const taken = new Set([title, figure, ...chips]);
  return { title, figure, chips, rest: filled.filter((column) => !taken.has(column)) };
}
