import pg from "pg";
import type { Queryable } from "./queryable.ts";

/** A kind of record that the portal's people made. */
export interface SmartProcess {
  readonly entityTypeId: number;
  readonly title: string;
}

/** Those that the portal had when it was last asked, in the order in which they were made; none before that. */
export async function selectSmartProcesses(db: Queryable, schema: string): Promise<SmartProcess[]> {
  const table = `${pg.escapeIdentifier(schema)}.smart_processes`;
  const known = await db.query<{ there: boolean }>("SELECT to_regclass($1) IS NOT NULL AS there", [table]);
  if (!known.rows[0]!.there) return [];
  const { rows } = await db.query<SmartProcess>(
    `SELECT entity_type_id AS "entityTypeId", title FROM ${table} WHERE _deleted_at IS NULL ORDER BY entity_type_id`,
  );
  return rows;
}
