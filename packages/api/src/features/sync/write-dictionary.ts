import pg from "pg";
import type { Dictionary } from "./dictionaries.ts";

const quote = pg.escapeIdentifier;

/** Entries that were new or differed, that the portal has no more, and that there are now. */
export interface DictionaryResult {
  readonly written: number;
  readonly gone: number;
  readonly rows: number;
}

/**
 * Makes a dictionary's table equal to what the portal has; an entry that is gone stays, marked, since old records
 * still speak of it. Entries that did not change are not written.
 */
export async function writeDictionary(
  db: Pick<pg.PoolClient, "query">,
  schema: string,
  dictionary: Dictionary,
  entries: readonly Record<string, unknown>[],
): Promise<DictionaryResult> {
  const table = `${quote(schema)}.${dictionary.name}`;
  const names = Object.keys(dictionary.columns);
  const shape = Object.entries(dictionary.columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(", ");
  const values = names.filter((name) => !dictionary.key.includes(name));
  const list = (prefix: string) => values.map((name) => `${prefix}.${name}`).join(", ");
  const { rowCount } = await db.query(
    `INSERT INTO ${table} AS t (${names.join(", ")})
     SELECT DISTINCT ON (${dictionary.key.join(", ")}) ${names.join(", ")} FROM jsonb_to_recordset($1::jsonb) AS r(${shape})
     ORDER BY ${dictionary.key.join(", ")}
     ON CONFLICT (${dictionary.key.join(", ")}) DO UPDATE
       SET ${values.map((name) => `${name} = excluded.${name}`).join(", ")}, _deleted_at = NULL
     WHERE (${list("t")}, t._deleted_at) IS DISTINCT FROM (${list("excluded")}, NULL::timestamptz)`,
    [JSON.stringify(entries)],
  );
  const { rowCount: gone } = await db.query(
    `UPDATE ${table} t SET _deleted_at = now() WHERE _deleted_at IS NULL AND NOT EXISTS (
       SELECT FROM jsonb_to_recordset($1::jsonb) AS r(${shape}) WHERE ${dictionary.key.map((name) => `r.${name} = t.${name}`).join(" AND ")})`,
    [JSON.stringify(entries)],
  );
  const rows = new Set(entries.map((entry) => JSON.stringify(dictionary.key.map((name) => entry[name]))))
    .size;
  return { written: rowCount ?? 0, gone: gone ?? 0, rows };
}
