import type { Column } from "./column.ts";

/** What rows of a column pass. Bounds are inclusive; times in epoch ms. */
export type ColumnFilter =
  | { kind: "contains"; text: string }
  | { kind: "values"; values: ReadonlySet<string> }
  | { kind: "range"; min?: number; max?: number };

export interface RowFilter {
  search: string;
  columns: ReadonlyMap<string, ColumnFilter>;
}

type Test = (row: number) => boolean;

const folded = new WeakMap<readonly string[], string[]>();

/** Case and ё/е do not tell texts apart when searching. */
export function foldText(text: string): string {
  return text.toLocaleLowerCase("ru").replaceAll("ё", "е");
}

function foldedValues(values: readonly string[]): string[] {
  let known = folded.get(values);
  if (!known) {
    known = values.map(foldText);
    folded.set(values, known);
  }
  return known;
}

/** Tests each distinct text once; rows then look their code up. */
function byCode(column: Column, passes: (text: string, folded: string) => boolean): Test {
  const { codes, values } = column.coded;
  const lower = foldedValues(values);
  const pass = Uint8Array.from(values, (value, code) => Number(passes(value, lower[code]!)));
  return (row) => pass[codes[row]!] === 1;
}

function containsTest(column: Column, text: string): Test {
  const needle = foldText(text.trim());
  if (column.type === "text") return byCode(column, (_, lower) => lower.includes(needle));
  if (column.type !== "number") return () => false;
  // Numbers are searched as a person types them: without grouping, comma or point.
  const digits = needle.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  if (!/^-?\d+\.?\d*$/.test(digits)) return () => false;
  const { numbers } = column;
  return (row) => String(numbers[row]).startsWith(digits);
}

function columnTest(column: Column, filter: ColumnFilter): Test {
  if (filter.kind === "contains") return containsTest(column, filter.text);
  if (filter.kind === "values") return byCode(column, (value) => filter.values.has(value));
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = filter;
  const { numbers } = column;
  return (row) => numbers[row]! >= min && numbers[row]! <= max;
}

/** Row numbers that pass every column's filter and, in any of the searched columns, every word of the search. */
export function filterRows(
  count: number,
  filter: RowFilter,
  columns: ReadonlyMap<string, Column>,
  searched: readonly Column[],
): Uint32Array {
  const tests: Test[] = [];
  for (const [name, rule] of filter.columns) {
    const column = columns.get(name);
    if (column) tests.push(columnTest(column, rule));
  }
  for (const word of filter.search.trim().split(/\s+/).filter(Boolean)) {
    const anywhere = searched.map((column) => containsTest(column, word));
    tests.push((row) => anywhere.some((test) => test(row)));
  }
  const rows = new Uint32Array(count);
  let kept = 0;
  for (let row = 0; row < count; row++) if (tests.every((test) => test(row))) rows[kept++] = row;
  return rows.slice(0, kept);
}
