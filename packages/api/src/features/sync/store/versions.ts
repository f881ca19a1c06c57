import type { Queryable } from "./queryable.ts";

/** The last statement of a transaction that changed the mirror: its row is locked until the commit, which is near. */
export async function bumpVersion(tx: Queryable, portalId: number): Promise<void> {
  await tx.query(
    `INSERT INTO b24kit.sync_versions AS v (portal_id, version) VALUES ($1, 1)
     ON CONFLICT (portal_id) DO UPDATE SET version = v.version + 1`,
    [portalId],
  );
}

export interface Freshness {
  /** Changes exactly when what the mirror shows does. */
  readonly version: string;
  /** When every entity had been looked at; null before that. */
  readonly asOf: Date | null;
}

export async function selectFreshness(db: Queryable, portalId: number): Promise<Freshness> {
  const { rows } = await db.query<Freshness>(
    `SELECT coalesce((SELECT version FROM b24kit.sync_versions WHERE portal_id = $1), 0)::text AS version,
       (SELECT min(last_completed_at) FROM b24kit.sync_state WHERE portal_id = $1 AND last_completed_at IS NOT NULL) AS "asOf"`,
    [portalId],
  );
  return rows[0]!;
}
