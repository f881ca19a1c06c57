import pg from "pg";
import type { Queryable } from "../store/queryable.ts";

const quote = pg.escapeIdentifier;

/** Columns of a table that a query reads, with the types they have where they exist. */
export type Shape = Readonly<Record<string, string>>;

/**
 * Derived tables that always have the columns a query reads: a table that was not mirrored yet is empty, a field that
 * this portal lacks is NULL. Records that are gone are left out; dictionaries keep theirs, since old records name them.
 */
export interface Sources {
  /** e.g. `(SELECT id, title FROM "crm"."deals" WHERE _deleted_at IS NULL) d`; the name is the caller's own. */
  from(table: string, shape: Shape, alias: string): string;
}

const dictionaries = new Set(["statuses", "categories", "currencies", "users", "departments", "multifields"]);

export async function readSources(db: Queryable, schema: string): Promise<Sources> {
  const { rows } = await db.query<{ table: string; column: string }>(
    `SELECT c.relname AS table, a.attname AS column FROM pg_attribute a
     JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped`,
    [schema],
  );
  const columns = new Map<string, Set<string>>();
  for (const { table, column } of rows) columns.set(table, (columns.get(table) ?? new Set()).add(column));
  return {
    from(table, shape, alias) {
      const present = columns.get(table);
      const list = Object.entries(shape).map(([name, type]) =>
        present?.has(name) ? quote(name) : `NULL::${type} AS ${quote(name)}`,
      );
      if (present === undefined) return `(SELECT ${list.join(", ")} WHERE false) ${alias}`;
      const alive = dictionaries.has(table) ? "" : " WHERE _deleted_at IS NULL";
      return `(SELECT ${list.join(", ")} FROM ${quote(schema)}.${quote(table)}${alive}) ${alias}`;
    },
  };
}
