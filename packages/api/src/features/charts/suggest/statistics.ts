import type { CatalogueTable } from "@b24kit/client/contract";
import pg from "pg";
import { isDate, isMeasurable } from "../plan/columns.ts";
import type { Queryable } from "../store/queryable.ts";

/** What a column holds: how many records have a value, and how many different ones there are. */
export interface ColumnStatistics {
  readonly filled: number;
  readonly distinct: number;
}

export interface TableStatistics {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, ColumnStatistics>;
}

/** Large tables are judged by as many of their records. */
const SAMPLE = 20_000;

/** Columns of which a chart could be made. */
const isCharted = (column: CatalogueTable["columns"][number]) =>
  isDate(column) ||
  isMeasurable(column) ||
  ["status", "stage", "user", "boolean"].includes(column.kind) ||
  ["company", "product"].includes(column.name);

/** One statement over one chart view. `schema` is that of the chart views. */
export async function readStatistics(
  db: Queryable,
  schema: string,
  table: CatalogueTable,
): Promise<TableStatistics> {
  const columns = table.columns.filter(isCharted).map(({ name }) => name);
  const figures = columns.flatMap((name) => [`count(t.${name})`, `count(DISTINCT t.${name})`]);
  const { rows } = await db.query<string[]>({
    text: `SELECT ${["count(*)", ...figures].join(", ")} FROM (SELECT * FROM ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table.name)} LIMIT ${SAMPLE}) t`,
    rowMode: "array",
  });
  const [total, ...counts] = rows[0]!.map(Number);
  const pairs = columns.map((name, i): [string, ColumnStatistics] => [
    name,
    { filled: counts[i * 2]!, distinct: counts[i * 2 + 1]! },
  ]);
  return { rows: total!, columns: new Map(pairs) };
}
