import pg from "pg";
import type { EntityDescriptor } from "../entities.ts";
import type { Queryable } from "./queryable.ts";
import { bumpVersion } from "./versions.ts";

const quote = pg.escapeIdentifier;

/** Asked before, since a failed statement would spoil the caller's transaction. */
async function exists(db: Queryable, schema: string, table: string): Promise<boolean> {
  const { rows } = await db.query<{ present: boolean }>("SELECT to_regclass($1) IS NOT NULL AS present", [
    `${quote(schema)}.${quote(table)}`,
  ]);
  return rows[0]!.present;
}

/** Highest id that the mirror ever held, gone records included; null where there is none, or no table yet. */
export async function selectMaxId(db: Queryable, schema: string, table: string): Promise<number | null> {
  if (!(await exists(db, schema, table))) return null;
  const { rows } = await db.query<{ id: string | null }>(
    `SELECT max(id) AS id FROM ${quote(schema)}.${quote(table)}`,
  );
  return rows[0]?.id == null ? null : Number(rows[0].id);
}

/** Records that the mirror shows; null where there is no table yet. */
export async function countRows(db: Queryable, schema: string, table: string): Promise<number | null> {
  if (!(await exists(db, schema, table))) return null;
  const { rows } = await db.query<{ count: string }>(
    `SELECT count(*) FROM ${quote(schema)}.${quote(table)} WHERE _deleted_at IS NULL`,
  );
  return Number(rows[0]!.count);
}

/** Tells the planner what a bulk load wrote: autovacuum would only do so within a minute, and questions come at once. */
export async function analyze(db: Queryable, schema: string, table: string): Promise<void> {
  await db.query(`ANALYZE ${quote(schema)}.${quote(table)}`);
}

/** Rows above the portal's highest id: gone since. $4 when the portal said which id is its highest. */
export async function noteMissingAbove(
  db: Queryable,
  schema: string,
  table: string,
  above: { runId: number; id: number; readAt: Date },
): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.sync_missing (run_id, id, read_at)
     SELECT $1, id, $3::timestamptz FROM ${quote(schema)}.${quote(table)} WHERE id > $2 AND _deleted_at IS NULL AND _read_at <= $3::timestamptz
     ON CONFLICT DO NOTHING`,
    [above.runId, above.id, above.readAt],
  );
}

/** How many rows of the mirror the run did not find, and some of their ids. */
export async function selectMissing(
  db: Queryable,
  runId: number,
  sample: number,
): Promise<{ count: number; sample: number[] }> {
  const { rows } = await db.query<{ count: string; sample: string[] }>(
    `SELECT count(*) AS count, coalesce((SELECT array_agg(id) FROM (
       SELECT id FROM b24kit.sync_missing WHERE run_id = $1 ORDER BY hashint8(id) LIMIT $2) picked), '{}') AS sample
     FROM b24kit.sync_missing WHERE run_id = $1`,
    [runId, sample],
  );
  return { count: Number(rows[0]!.count), sample: rows[0]!.sample.map(Number) };
}

/** Marks the missing as gone, except those that were read again since. Returns how many. */
export async function buryMissing(
  db: Queryable,
  schema: string,
  table: string,
  found: { runId: number; portalId: number; by: "full" | "reconcile" },
): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE ${quote(schema)}.${quote(table)} t SET _deleted_at = m.read_at, _deleted_by = $2, _read_at = m.read_at, _synced_at = now()
     FROM b24kit.sync_missing m WHERE m.run_id = $1 AND t.id = m.id AND t._deleted_at IS NULL AND t._read_at <= m.read_at`,
    [found.runId, found.by],
  );
  if (rowCount) await bumpVersion(db, found.portalId);
  return rowCount ?? 0;
}

/**
 * Marks records as gone, except those that were read again since; returns how many. One that the mirror never had is
 * kept as gone as well: an answer from before may still be on its way to be written.
 */
export async function buryTold(
  db: Queryable,
  schema: string,
  table: string,
  { ids, readAt }: { ids: readonly number[]; readAt: Date },
): Promise<number> {
  const name = `${quote(schema)}.${quote(table)}`;
  const { rowCount } = await db.query(
    `UPDATE ${name} SET _deleted_at = $2, _deleted_by = 'event', _read_at = $2, _synced_at = now()
     WHERE id = ANY($1::bigint[]) AND _deleted_at IS NULL AND _read_at <= $2`,
    [ids, readAt],
  );
  await db.query(
    `INSERT INTO ${name} (id, _hash, _read_at, _deleted_at, _deleted_by)
     SELECT id, gen_random_uuid(), $2, $2, 'event' FROM unnest($1::bigint[]) AS id ON CONFLICT DO NOTHING`,
    [ids, readAt],
  );
  return rowCount ?? 0;
}

/** Whether none of these rows has its owner any more, as far as the mirror knows. */
export async function haveNoOwner(
  db: Queryable,
  schema: string,
  { table, owner }: Pick<EntityDescriptor, "table" | "owner">,
  ids: readonly number[],
): Promise<boolean> {
  if (!owner || !(await exists(db, schema, owner.table))) return false;
  const { rows } = await db.query<{ owned: boolean }>(
    `SELECT EXISTS (SELECT FROM ${quote(schema)}.${quote(table)} t JOIN ${quote(schema)}.${quote(owner.table)} o
       ON o.id = t.${quote(owner.column)} AND o._deleted_at IS NULL WHERE t.id = ANY($1::bigint[])) AS owned`,
    [ids],
  );
  return !rows[0]!.owned;
}

export async function clearMissing(db: Queryable, runId: number): Promise<void> {
  await db.query("DELETE FROM b24kit.sync_missing WHERE run_id = $1", [runId]);
}
