import type { Entity } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

/** A record that is to be read again. */
export interface Touched {
  readonly portalId: number;
  readonly entity: Entity;
  readonly id: number;
  /** The last event about it. */
  readonly seq: number;
}

/** A record that cannot be read is tried so often; then it is left to the next run. */
const TRIES = 8;

/** Notes records of entities that are mirrored and follow events. */
export async function upsertTouched(db: Queryable, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return;
  await db.query(
    `INSERT INTO b24kit.sync_touched AS o (portal_id, entity, entity_id, seq)
     SELECT t.portal_id, t.entity, t.id, t.seq FROM unnest($1::integer[], $2::text[], $3::bigint[], $4::bigint[]) AS t(portal_id, entity, id, seq)
     WHERE EXISTS (SELECT FROM b24kit.sync_fields f WHERE f.portal_id = t.portal_id AND f.entity = t.entity)
       AND NOT EXISTS (SELECT FROM b24kit.sync_state s WHERE s.portal_id = t.portal_id AND s.entity = t.entity AND NOT s.webhook_enabled)
     ORDER BY 1, 2, 3
     ON CONFLICT (portal_id, entity, entity_id) DO UPDATE SET seq = excluded.seq, tries = 0, due_at = now() WHERE o.seq < excluded.seq`,
    columnsOf(touched),
  );
}

export async function selectTouchedPortals(db: Queryable): Promise<number[]> {
  const { rows } = await db.query<{ id: number }>(
    "SELECT DISTINCT portal_id AS id FROM b24kit.sync_touched WHERE due_at <= now()",
  );
  return rows.map(({ id }) => id);
}

/** Those that have waited longest. */
export async function selectTouched(db: Queryable, portalId: number, limit: number): Promise<Touched[]> {
  const { rows } = await db.query<Omit<Touched, "id" | "seq"> & { id: string; seq: string }>(
    `SELECT portal_id AS "portalId", entity, entity_id AS id, seq FROM b24kit.sync_touched
     WHERE portal_id = $1 AND due_at <= now() ORDER BY seq LIMIT $2`,
    [portalId, limit],
  );
  return rows.map((row) => ({ ...row, id: Number(row.id), seq: Number(row.seq) }));
}

/** Joins the records of `columnsOf`, as far as nothing was told of them since. */
const THOSE = `unnest($1::integer[], $2::text[], $3::bigint[], $4::bigint[]) AS t(portal_id, entity, id, seq)
     WHERE o.portal_id = t.portal_id AND o.entity = t.entity AND o.entity_id = t.id AND o.seq <= t.seq`;

/** They were read; those that were told of meanwhile stay. */
export async function deleteTouched(db: Queryable, touched: readonly Touched[]): Promise<void> {
  await db.query(`DELETE FROM b24kit.sync_touched o USING ${THOSE}`, columnsOf(touched));
}

/** They could not be read: tried again after a rest that doubles, and given up in the end. */
export async function postponeTouched(db: Queryable, touched: readonly Touched[]): Promise<void> {
  await db.query(
    `UPDATE b24kit.sync_touched o SET tries = o.tries + 1, due_at = now() + interval '2 seconds' * 2 ^ o.tries FROM ${THOSE}`,
    columnsOf(touched),
  );
  await db.query("DELETE FROM b24kit.sync_touched WHERE tries >= $1", [TRIES]);
}

function columnsOf(touched: readonly Touched[]): unknown[] {
  return [
    touched.map(({ portalId }) => portalId),
    touched.map(({ entity }) => entity),
    touched.map(({ id }) => id),
    touched.map(({ seq }) => seq),
  ];
}
