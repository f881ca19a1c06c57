import type { Entity, SchemaContract } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

/** What is known of an entity's mirror between runs. */
export interface EntityState {
  /** On the portal's clock; null before the first run over everything. */
  readonly watermark: Date | null;
  readonly rows: number;
  /** Up to here runs have read every id; null where no run has said so. */
  readonly sweptId: number | null;
  /** The next run is to read everything, whatever it was started as. */
  readonly reload: boolean;
  readonly contract: SchemaContract;
}

export async function selectState(db: Queryable, portalId: number, entity: Entity): Promise<EntityState> {
  const { rows } = await db.query<{
    watermark: Date | null;
    rows: string;
    swept: string | null;
    reload: boolean;
    contract: SchemaContract;
  }>(
    "SELECT watermark, rows, swept_id AS swept, reload, contract FROM b24kit.sync_state WHERE portal_id = $1 AND entity = $2",
    [portalId, entity],
  );
  const [row] = rows;
  return {
    watermark: row?.watermark ?? null,
    rows: Number(row?.rows ?? 0),
    sweptId: row?.swept == null ? null : Number(row.swept),
    reload: row?.reload ?? false,
    contract: row?.contract ?? "evolve",
  };
}

/** Until a run over everything has ended well, every run is one. */
export async function requestReload(tx: Queryable, portalId: number, entity: Entity): Promise<void> {
  await tx.query("UPDATE b24kit.sync_state SET reload = true WHERE portal_id = $1 AND entity = $2", [
    portalId,
    entity,
  ]);
}

/** An entity is looked at as soon as somebody works, if it is kept up to date at all. */
export async function requestLook(db: Queryable, portalId: number, entity: Entity): Promise<void> {
  await db.query(
    "UPDATE b24kit.sync_state SET next_run_at = now() WHERE portal_id = $1 AND entity = $2 AND webhook_enabled AND next_run_at > now()",
    [portalId, entity],
  );
}

/** Events changed so many rows of an entity's mirror. */
export async function noteEvents(
  tx: Queryable,
  { portalId, entity }: { portalId: number; entity: Entity },
  { added, gone }: { added: number; gone: number },
): Promise<void> {
  await tx.query(
    "UPDATE b24kit.sync_state SET rows = greatest(0, rows + $3), last_event_at = now() WHERE portal_id = $1 AND entity = $2",
    [portalId, entity, added - gone],
  );
}

export interface Completion {
  readonly portalId: number;
  readonly entity: Entity;
  readonly runId: number;
  readonly watermark: Date;
  readonly rows: number;
  /** The run went over every record. */
  readonly full: boolean;
  readonly intervalMinutes: number;
  /** Minutes that the portal's own time is ahead of UTC. */
  readonly offsetMinutes: number;
}

/** SQL of the next three o'clock at night on the portal's own time. */
const nextNight = (offsetMinutes: string) =>
  `(date_trunc('day', timezone('UTC', now()) + make_interval(mins => ${offsetMinutes}) - interval '3 hours')
    + interval '1 day 3 hours' - make_interval(mins => ${offsetMinutes})) AT TIME ZONE 'UTC'`;

export async function upsertCompletion(tx: Queryable, done: Completion): Promise<void> {
  await tx.query(
    `INSERT INTO b24kit.sync_state AS s (portal_id, entity, watermark, rows, last_full_at, last_completed_at, next_run_at, next_reconcile_at, swept_id)
     SELECT $1, $2, $3, $4, CASE WHEN $5 THEN now() END, now(), now() + make_interval(mins => $6), ${nextNight("$7")},
       max(CASE kind WHEN 'modified' THEN hi ELSE cursor END) FROM b24kit.sync_partitions WHERE run_id = $8
     ON CONFLICT (portal_id, entity) DO UPDATE SET watermark = greatest(s.watermark, excluded.watermark), rows = excluded.rows,
       last_full_at = coalesce(excluded.last_full_at, s.last_full_at), last_completed_at = now(), reload = s.reload AND NOT $5,
       swept_id = greatest(s.swept_id, excluded.swept_id),
       next_reconcile_at = CASE WHEN $5 THEN excluded.next_reconcile_at ELSE coalesce(s.next_reconcile_at, excluded.next_reconcile_at) END,
       next_run_at = now() + make_interval(mins => coalesce(s.interval_minutes, $6))`,
    [
      done.portalId,
      done.entity,
      done.watermark,
      done.rows,
      done.full,
      done.intervalMinutes,
      done.offsetMinutes,
      done.runId,
    ],
  );
}

/** An entity that is read as a whole was read: nothing older is left, and it is due again an interval later. */
export async function completeDictionary(
  tx: Queryable,
  done: Pick<Completion, "portalId" | "entity" | "watermark" | "rows" | "intervalMinutes">,
): Promise<void> {
  await tx.query(
    `INSERT INTO b24kit.sync_state AS s (portal_id, entity, watermark, rows, last_full_at, last_completed_at, next_run_at)
     VALUES ($1, $2, $3, $4, now(), now(), now() + make_interval(mins => $5))
     ON CONFLICT (portal_id, entity) DO UPDATE SET watermark = excluded.watermark, rows = excluded.rows, last_full_at = now(),
       last_completed_at = now(), next_run_at = now() + make_interval(mins => coalesce(s.interval_minutes, $5))`,
    [done.portalId, done.entity, done.watermark, done.rows, done.intervalMinutes],
  );
}

/** Nothing happened in an entity since its watermark: it was looked at, and is due again an interval later. */
export async function completeQuietly(
  db: Queryable,
  quiet: Pick<Completion, "portalId" | "entity" | "watermark" | "intervalMinutes">,
): Promise<void> {
  await db.query(
    `UPDATE b24kit.sync_state SET watermark = greatest(watermark, $3), last_completed_at = now(),
       next_run_at = now() + make_interval(mins => coalesce(interval_minutes, $4))
     WHERE portal_id = $1 AND entity = $2`,
    [quiet.portalId, quiet.entity, quiet.watermark, quiet.intervalMinutes],
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

export interface Due {
  readonly portalId: number;
  readonly entity: Entity;
  readonly type: "incremental" | "reconcile";
}

/**
 * Entities whose time has come: mirrored as a whole once, due, and with no run under way. Where one of a portal is due,
 * those that will be within half a minute are, too: they are asked about together.
 */
export async function selectDue(db: Queryable): Promise<Due[]> {
  const { rows } = await db.query<Due>(
    `SELECT s.portal_id AS "portalId", s.entity, CASE WHEN s.next_run_at <= p.soon THEN 'incremental' ELSE 'reconcile' END AS type
     FROM b24kit.sync_state s, LATERAL (
       SELECT CASE WHEN min(o.next_run_at) <= now() THEN now() + interval '30 seconds' ELSE now() END AS soon
       FROM b24kit.sync_state o WHERE o.portal_id = s.portal_id AND o.enabled AND o.last_full_at IS NOT NULL) p
     WHERE s.enabled AND s.last_full_at IS NOT NULL
       AND (s.next_run_at <= p.soon OR coalesce(s.next_reconcile_at, s.last_full_at + interval '1 day') <= now())
       AND NOT EXISTS (SELECT FROM b24kit.sync_runs r WHERE r.portal_id = s.portal_id AND r.entity = s.entity
         AND r.state IN ('queued', 'running', 'waiting', 'paused'))
     ORDER BY s.next_run_at`,
  );
  return rows;
}

export interface Comparison {
  readonly portalId: number;
  readonly entity: Entity;
  readonly source: number;
  readonly mirror: number;
  readonly deleted: number;
  readonly withheld: number;
  readonly rows: number;
  readonly offsetMinutes: number;
}

/** Keeps what a comparison found, and when the next one is due. */
export async function saveComparison(tx: Queryable, found: Comparison): Promise<void> {
  await tx.query(
    `UPDATE b24kit.sync_state SET reconciled_at = now(), reconcile_source = $3, reconcile_mirror = $4, reconcile_deleted = $5,
       reconcile_withheld = $6, rows = $7, next_reconcile_at = ${nextNight("$8")}
     WHERE portal_id = $1 AND entity = $2`,
    [
      found.portalId,
      found.entity,
      found.source,
      found.mirror,
      found.deleted,
      found.withheld,
      found.rows,
      found.offsetMinutes,
    ],
  );
}
