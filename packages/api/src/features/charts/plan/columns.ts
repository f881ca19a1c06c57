import type { Catalogue, CatalogueColumn, CatalogueTable } from "@b24kit/client/contract";
import { findColumn, findJoin, findTable } from "../catalogue.ts";

/** A column of a plan, found in the catalogue. `alias` is the record `t`, or a view that a link leads to. */
export interface PlanColumn {
  readonly table: CatalogueTable;
  readonly column: CatalogueColumn;
  readonly alias: string;
  /** Of another view: the condition of its join. */
  readonly on: string | null;
}

/** `name`, or `view.name` where a link of the entity leads to that view. Null where there is no such column. */
export function resolveColumn(catalogue: Catalogue, entity: string, name: string): PlanColumn | null {
  const [first, second] = name.split(".") as [string, string?];
  const table = findTable(catalogue, entity);
  if (!table) return null;
  if (second === undefined || first === entity) return found(table, second ?? first, "t", null);
  const other = findTable(catalogue, first);
  const join = findJoin(catalogue, entity, first);
  // Only from the many to the one: the other way round a record would be counted several times.
  if (!other || join?.from.table !== entity) return null;
  return found(other, second, first, `${first}.${join.to.column} = t.${join.from.column}`);
}

function found(table: CatalogueTable, name: string, alias: string, on: string | null): PlanColumn | null {
  const column = findColumn(table, name);
  return column ? { table, column, alias, on } : null;
}

/** SQL of a column. Names of the catalogue are lower-case identifiers, which need no quotes behind a point. */
export function sqlOf({ alias, column }: Pick<PlanColumn, "alias" | "column">): string {
  return `${alias}.${column.name}`;
}

/** The other column of a pair of codes and words. */
export function twin(source: PlanColumn, name: string | undefined): PlanColumn | null {
  const column = name === undefined ? undefined : findColumn(source.table, name);
  return column ? { ...source, column } : null;
}

/** The column that holds codes, which filters compare with. */
export function codesOf(source: PlanColumn): PlanColumn {
  return twin(source, source.column.codes) ?? source;
}

/** The column that people read. */
export function wordsOf(source: PlanColumn): PlanColumn {
  return twin(source, source.column.words) ?? source;
}

export const isDate = ({ kind }: CatalogueColumn) => kind === "date" || kind === "datetime";

export const isNumber = ({ type }: CatalogueColumn) =>
  /^(bigint|integer|smallint|numeric|double precision|real)$/.test(type);

/** Whether sums and means of it say something: an id is a number, too. */
export const isMeasurable = (column: CatalogueColumn) => isNumber(column) && column.kind !== "id";

/** The date by which an entity's records are told apart in time unless a plan says otherwise. */
export function mainDate(table: CatalogueTable): CatalogueColumn | undefined {
  return findColumn(table, "created") ?? table.columns.find(isDate);
}

/** The view's column with the currency of a sum, where each record has its own. */
export function currencyOf(source: PlanColumn): PlanColumn | null {
  return twin(source, /^\{(\w+)\}$/.exec(source.column.unit ?? "")?.[1]);
}
