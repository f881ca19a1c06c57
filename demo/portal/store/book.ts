import type { Row } from "../values.ts";

/** A small list that the portal keeps by a number of each row's own: reference books, people, tasks. */
export class Book {
  /** Changed in place; a row itself never is: answers may still hold it. */
  readonly rows: Row[];
  readonly #key: string;
  #lastId: number;

  /** @param key the column that holds the number */
  constructor(rows: Row[] = [], key = "ID") {
    this.rows = rows;
    this.#key = key;
    this.#lastId = rows.reduce((last, row) => Math.max(last, Number(row[key]) || 0), 0);
  }

  /** Numbers are never used twice. */
  get nextId(): number {
    return this.#lastId + 1;
  }

  get(id: unknown): Row | undefined {
    return this.rows.find((row) => String(row[this.#key]) === String(id));
  }

  /** Adds a row, or replaces the one with its number. */
  put(row: Row): void {
    const index = this.#indexOf(row[this.#key]);
    if (index < 0) this.rows.push(row);
    else this.rows[index] = row;
    this.#lastId = Math.max(this.#lastId, Number(row[this.#key]) || 0);
  }

  remove(id: unknown): void {
    const index = this.#indexOf(id);
    if (index >= 0) this.rows.splice(index, 1);
  }

  #indexOf(id: unknown): number {
    return this.rows.findIndex((row) => String(row[this.#key]) === String(id));
  }
}
