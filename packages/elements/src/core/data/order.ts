import type { Language } from "../locale/locale.ts";
import type { Column } from "./column.ts";

export interface SortKey {
  column: string;
  descending: boolean;
}

const collators = new Map<Language, Intl.Collator>();
const ranks = new WeakMap<readonly string[], Map<Language, Int32Array>>();

function collatorOf(language: Language): Intl.Collator {
  let collator = collators.get(language);
  if (!collator) {
    collator = new Intl.Collator(language, { numeric: true });
    collators.set(language, collator);
  }
  return collator;
}

/** Place of each distinct text in the language's order; computed once per dictionary, so rows compare as integers. */
export function collationRanks(values: readonly string[], language: Language): Int32Array {
  const known = ranks.get(values)?.get(language);
  if (known) return known;
  const { compare } = collatorOf(language);
  const order = Array.from(values, (_, i) => i).sort((a, b) => compare(values[a]!, values[b]!));
  const rank = new Int32Array(values.length);
  for (let place = 0; place < order.length; place++) rank[order[place]!] = place;
  const byLanguage = ranks.get(values) ?? new Map<Language, Int32Array>();
  ranks.set(values, byLanguage.set(language, rank));
  return rank;
}

/** A number per row that sorts as the column does; NaN where null. */
export function sortValues(column: Column, language: Language): Float64Array {
  if (column.type === "number" || column.type === "time") return column.numbers;
  const { codes, values } = column.coded;
  const rank = collationRanks(values, language);
  const keys = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) keys[i] = codes[i]! < 0 ? Number.NaN : rank[codes[i]!]!;
  return keys;
}

interface Key {
  values: Float64Array;
  sign: 1 | -1;
}

/** Nulls are last in both directions; equal rows keep the order they came in. */
function compareRows(keys: readonly Key[], a: number, b: number): number {
  for (const { values, sign } of keys) {
    const x = values[a]!;
    const y = values[b]!;
    if (x === y) continue;
    const xNull = Number.isNaN(x);
    const yNull = Number.isNaN(y);
    if (xNull && yNull) continue;
    if (xNull) return 1;
    if (yNull) return -1;
    return x < y ? -sign : sign;
  }
  return a - b;
}

/** Sorts row numbers in place by the keys, first key first. */
export function sortRows(
  rows: Uint32Array,
  sort: readonly SortKey[],
  columns: ReadonlyMap<string, Column>,
  language: Language,
): Uint32Array {
  const keys = sort.flatMap(({ column, descending }): Key[] => {
    const found = columns.get(column);
    return found ? [{ values: sortValues(found, language), sign: descending ? -1 : 1 }] : [];
  });
  return keys.length ? rows.sort((a, b) => compareRows(keys, a, b)) : rows;
}
