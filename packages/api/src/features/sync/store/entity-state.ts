import type { Entity } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

/** What is known of an entity's mirror between runs. */
export interface EntityState {
  /** On the portal's clock; null before the first run over everything. */
  readonly watermark: Date | null;
  readonly rows: number;
}

export async function selectState(db: Queryable, portalId: number, entity: Entity): Promise<EntityState> {
  const { rows } = await db.query<{ watermark: Date | null; rows: string }>(
    "SELECT watermark, rows FROM b24kit.sync_state WHERE portal_id = $1 AND entity = $2",
    [portalId, entity],
  );
  return { watermark: rows[0]?.watermark ?? null, rows: Number(rows[0]?.rows ?? 0) };
}

export interface Completion {
  readonly portalId: number;
  readonly entity: Entity;
  readonly watermark: Date;
  readonly rows: number;
  /** The run went over every record. */
  readonly full: boolean;
  readonly intervalMinutes: number;
}

export async function upsertCompletion(tx: Queryable, done: Completion): Promise<void> {
  await tx.query(
    `INSERT INTO b24kit.sync_state AS s (portal_id, entity, watermark, rows, last_full_at, last_completed_at, next_run_at)
     VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN now() END, now(), now() + make_interval(mins => $6))
     ON CONFLICT (portal_id, entity) DO UPDATE SET watermark = greatest(s.watermark, excluded.watermark), rows = excluded.rows,
       last_full_at = coalesce(excluded.last_full_at, s.last_full_at), last_completed_at = now(),
       next_run_at = now() + make_interval(mins => coalesce(s.interval_minutes, $6))`,
    [done.portalId, done.entity, done.watermark, done.rows, done.full, done.intervalMinutes],
  );
}

/** After a failed run: keeps what it wrote in the count, and waits a whole interval before the next. */
export async function postponeNext(
  tx: Queryable,
  portalId: number,
  entity: Entity,
  rows: number | null,
  intervalMinutes: number,
): Promise<void> {
  await tx.query(
    `INSERT INTO b24kit.sync_state AS s (portal_id, entity, rows) VALUES ($1, $2, coalesce($3, 0))
     ON CONFLICT (portal_id, entity) DO UPDATE SET rows = coalesce($3, s.rows),
       next_run_at = CASE WHEN s.next_run_at IS NOT NULL THEN now() + make_interval(mins => coalesce(s.interval_minutes, $4)) END`,
    [portalId, entity, rows, intervalMinutes],
  );
}

/** Entities whose time has come: mirrored as a whole once, due, and with no run under way. */
export async function selectDue(db: Queryable): Promise<{ portalId: number; entity: Entity }[]> {
  const { rows } = await db.query<{ portalId: number; entity: Entity }>(
    `SELECT s.portal_id AS "portalId", s.entity FROM b24kit.sync_state s
     WHERE s.enabled AND s.last_full_at IS NOT NULL AND s.next_run_at <= now()
       AND NOT EXISTS (SELECT FROM b24kit.sync_runs r WHERE r.portal_id = s.portal_id AND r.entity = s.entity AND r.state IN ('queued', 'running', 'waiting'))
     ORDER BY s.next_run_at`,
  );
  return rows;
}
