import type { Row } from "../values.ts";

/** What a page is read from: rows in the order of their IDs. */
export interface IndexedRows {
  at(index: number): Row;
  has(id: number): boolean;
  /** Position of the first ID that is not below `id`. */
  lowerBound(id: number): number;
}

/** Rows that were put in the order of their IDs once. */
export class SortedRows implements IndexedRows {
  readonly #rows: readonly Row[];
  readonly #ids: readonly number[];

  constructor(rows: readonly Row[]) {
    this.#rows = [...rows].sort((a, b) => Number(a.ID) - Number(b.ID));
    this.#ids = this.#rows.map((row) => Number(row.ID));
  }

  at(index: number): Row {
    return this.#rows[index] as Row;
  }

  has(id: number): boolean {
    return this.#ids[this.lowerBound(id)] === id;
  }

  lowerBound(id: number): number {
    return lowerBound(this.#ids, id);
  }
}

/** Position of the first of the ascending ids that is not below `id`. */
export function lowerBound(ids: readonly number[], id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] as number) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
