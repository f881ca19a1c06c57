import type { Row, Value } from "../values.ts";
import { type IndexedRows, lowerBound } from "./sorted-rows.ts";

/**
 * Records of one entity, in the order of their IDs.
 *
 * Seeded records are pure functions of their ID, so they are made when first read: seeding any number is instant and
 * a list by ID touches only the rows it answers with. A row is never changed in place: answers may still hold it.
 */
export class Table implements IndexedRows {
  readonly ids: number[] = [];
  readonly #rows: (Row | undefined)[];
  readonly #make: (id: number) => Row;
  /** Columns that came or went since: what they hold in rows that nobody wrote yet. */
  readonly #columns = new Map<string, Value | undefined>();
  #lastId = 0;

  /** @param make the seeded record with this ID */
  constructor(count: number, make: (id: number) => Row) {
    this.#make = make;
    for (let id = 1; id <= count; id++) this.ids.push(id);
    this.#rows = new Array<Row | undefined>(count);
    this.#lastId = count;
  }

  get size(): number {
    return this.ids.length;
  }

  /** IDs are never used twice, as with a database's AUTO_INCREMENT. */
  get nextId(): number {
    return this.#lastId + 1;
  }

  /** The row at a position in ID order. */
  at(index: number): Row {
    const known = this.#rows[index];
    if (known) return known;
    const made = withColumns(this.#make(this.ids[index] as number), this.#columns);
    this.#rows[index] = made;
    return made;
  }

  get(id: number): Row | undefined {
    const index = this.#indexOf(id);
    return index < 0 ? undefined : this.at(index);
  }

  has(id: number): boolean {
    return this.#indexOf(id) >= 0;
  }

  /** Position of the first ID that is not below `id`. */
  lowerBound(id: number): number {
    return lowerBound(this.ids, id);
  }

  insert(id: number, row: Row): void {
    const index = this.lowerBound(id);
    this.ids.splice(index, this.ids[index] === id ? 1 : 0, id);
    this.#rows.splice(index, this.ids.length === this.#rows.length ? 1 : 0, row);
    this.#lastId = Math.max(this.#lastId, id);
  }

  replace(id: number, row: Row): void {
    const index = this.#indexOf(id);
    if (index >= 0) this.#rows[index] = row;
  }

  remove(id: number): boolean {
    const index = this.#indexOf(id);
    if (index < 0) return false;
    this.ids.splice(index, 1);
    this.#rows.splice(index, 1);
    return true;
  }

  /** Gives every row a column with this value, or (undefined) takes the column from all of them. */
  setColumn(name: string, value: Value | undefined): void {
    this.#columns.set(name, value);
    this.#rows.forEach((row, index) => {
      if (row) this.#rows[index] = withColumns(row, new Map([[name, value]]));
    });
  }

  #indexOf(id: number): number {
    const index = this.lowerBound(id);
    return this.ids[index] === id ? index : -1;
  }
}

function withColumns(row: Row, columns: ReadonlyMap<string, Value | undefined>): Row {
  if (columns.size === 0) return row;
  const changed = { ...row };
  for (const [name, value] of columns) {
    if (value === undefined) delete changed[name];
    else changed[name] = value;
  }
  return changed;
}
