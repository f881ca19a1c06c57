import type { Column, TableData } from "../data/column.ts";
import { type ColumnFilter, filterRows } from "../data/filter.ts";
import { type SortKey, sortRows } from "../data/order.ts";
import type { Language } from "../locale/locale.ts";

interface Computed {
  data: TableData;
  language: Language;
  revision: number;
  rows: Uint32Array;
}

/**
 * What the reader has arranged: order, visibility and widths of columns, sorting, filters and search. Kept by column
 * names, so it survives new data of the same query. `rows` is an index into the data: rows themselves are never copied.
 */
export class TableView {
  search = "";
  sort: readonly SortKey[] = [];
  readonly filters = new Map<string, ColumnFilter>();
  readonly hidden = new Set<string>();
  readonly widths = new Map<string, number>();
  #only: Uint32Array | undefined;
  #order: string[] = [];
  readonly #met = new Set<string>();
  #revision = 0;
  #computed: Computed | undefined;
  #language: string | undefined;

  /** Ids behind the first column only feed links; the reader finds them in the list of columns. */
  #meet(data: TableData): void {
    for (const [i, { info }] of data.columns.entries()) {
      if (this.#met.has(info.name)) continue;
      this.#met.add(info.name);
      if (i > 0 && info.kind === "id") this.hidden.add(info.name);
    }
  }

  /** All columns in the reader's order; those that the order does not know yet follow in the data's. */
  arranged(data: TableData): Column[] {
    const known = this.#order.flatMap((name) => data.byName.get(name) ?? []);
    return [...known, ...data.columns.filter((column) => !known.includes(column))];
  }

  visible(data: TableData): Column[] {
    this.#meet(data);
    return this.arranged(data).filter((column) => !this.hidden.has(column.info.name));
  }

  /** Indexes of the rows that pass search and filters, sorted; computed only when something has changed. */
  rows(data: TableData, language: Language): Uint32Array {
    const known = this.#computed;
    if (known?.data === data && known.language === language && known.revision === this.#revision)
      return known.rows;
    this.#forgetWords(data);
    const searched = this.visible(data).filter(
      (column) => column.type === "text" || column.type === "number",
    );
    const passed = filterRows(
      data.rows,
      { search: this.search, columns: this.filters },
      data.byName,
      searched,
    );
    const among = this.#only && new Set(this.#only);
    const kept = among ? passed.filter((row) => among.has(row)) : passed;
    const rows = sortRows(kept, this.sort, data.byName, language);
    this.#computed = { data, language, revision: this.#revision, rows };
    return rows;
  }

  /** Rows that have come in another language no longer hold the words that were chosen among. */
  #forgetWords(data: TableData): void {
    if (this.#language !== undefined && data.language !== this.#language) {
      for (const [name, filter] of this.filters) {
        const words = data.byName.get(name)?.coded.values ?? [];
        if (filter.kind === "values" && !words.some((word) => filter.values.has(word)))
          this.filters.delete(name);
      }
    }
    this.#language = data.language;
  }

  get isFiltered(): boolean {
    return this.search.trim() !== "" || this.filters.size > 0;
  }

  /** Shows no rows but these; undefined shows all. */
  setOnly(rows: Uint32Array | undefined): void {
    this.#only = rows;
    this.#revision++;
  }

  setSearch(text: string): void {
    this.search = text;
    this.#revision++;
  }

  setFilter(column: string, filter: ColumnFilter | undefined): void {
    if (filter) this.filters.set(column, filter);
    else this.filters.delete(column);
    this.#revision++;
  }

  clearFilters(): void {
    this.filters.clear();
    this.search = "";
    this.#revision++;
  }

  /** Forgets everything: what comes is another query's data. */
  reset(): void {
    this.sort = [];
    this.hidden.clear();
    this.widths.clear();
    this.#order = [];
    this.#met.clear();
    this.clearFilters();
  }

  /** Ascending, descending, none; `add` keeps the other keys and puts a new one last. */
  toggleSort(column: string, add: boolean): SortKey | undefined {
    const current = this.sort.find((key) => key.column === column);
    const next = !current
      ? { column, descending: false }
      : current.descending
        ? undefined
        : { column, descending: true };
    const others = add ? this.sort.filter((key) => key.column !== column) : [];
    if (add && current && next) this.sort = this.sort.map((key) => (key === current ? next : key));
    else this.sort = next ? [...others, next] : others;
    this.#revision++;
    return next;
  }

  setHidden(column: string, hidden: boolean): void {
    if (hidden) this.hidden.add(column);
    else this.hidden.delete(column);
    this.#revision++;
  }

  showAll(): void {
    this.hidden.clear();
    this.#revision++;
  }

  /** Moves a column by so many places in the arranged order. */
  move(data: TableData, column: string, by: number): void {
    const names = this.arranged(data).map(({ info }) => info.name);
    const from = names.indexOf(column);
    const to = Math.min(names.length - 1, Math.max(0, from + by));
    names.splice(to, 0, ...names.splice(from, 1));
    this.#order = names;
  }
}
