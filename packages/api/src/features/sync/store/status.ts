import type {
  Entity,
  EntityStatus,
  ErrorCode,
  Reconciliation,
  RunState,
  RunType,
  SyncRun,
} from "@b24kit/client/contract";
import { type MirroredEntity, ownerEntity } from "../entities.ts";
import type { Queryable } from "./queryable.ts";

const runColumns = `r.id, r.type, r.state, r.created_at AS "createdAt", r.started_at AS "startedAt", r.finished_at AS "finishedAt",
    coalesce(p.read, 0) AS "rowsRead", coalesce(p.written, 0) AS "rowsWritten", r.rows_expected AS "rowsExpected",
    r.owners_expected AS "ownersExpected", coalesce(p.owners, 0) AS "ownersRead", r.rate,
    r.requests + coalesce(p.requests, 0) AS requests, r.retries, r.resumed,
    r.waiting_until AS "waitingUntil", r.error_code AS "errorCode", r.error_detail AS "errorDetail"`;

const partitionSums = `LEFT JOIN LATERAL (
    SELECT sum(rows_read) AS read, sum(rows_written) AS written, sum(rows_added) AS added, sum(requests) AS requests,
      sum(owners_read) AS owners
    FROM b24kit.sync_partitions WHERE run_id = r.id) p ON true`;

const runSql = `SELECT r.entity, ${runColumns} FROM b24kit.sync_runs r ${partitionSums} WHERE r.portal_id = $1 AND r.id = $2`;

const runsSql = `SELECT r.entity, ${runColumns} FROM b24kit.sync_runs r ${partitionSums}
  WHERE r.portal_id = $1 AND ($2::text IS NULL OR r.entity = $2) AND ($3::int IS NULL OR r.id < $3) ORDER BY r.id DESC LIMIT $4`;

/** Counting more of a portal's misfits would take time and tell nothing more. */
const MOST_MISFITS = 1_000;

/** Everything that is known of an entity's state; one row for each entity asked for, also for those never synced. */
const statusSql = `
  SELECT e.entity, s.reconciled_at AS "reconciledAt", s.reconcile_source AS "reconcileSource",
    s.reconcile_mirror AS "reconcileMirror", s.reconcile_deleted AS "reconcileDeleted", s.reconcile_withheld AS "reconcileWithheld",
    coalesce(s.rows, 0) + CASE WHEN r.state IN ('queued', 'running', 'waiting', 'paused') THEN coalesce(p.added, 0) ELSE 0 END AS rows,
    s.last_completed_at AS "lastCompletedAt", s.next_run_at AS "nextRunAt",
    (SELECT count(*) FROM (SELECT FROM b24kit.sync_quarantine q WHERE q.portal_id = $1 AND q.entity = e.entity LIMIT ${MOST_MISFITS}) m)
      AS quarantined,
    ${runColumns}
  FROM unnest($2::text[]) WITH ORDINALITY AS e(entity, position)
  LEFT JOIN b24kit.sync_state s ON s.portal_id = $1 AND s.entity = e.entity
  LEFT JOIN LATERAL (SELECT * FROM b24kit.sync_runs WHERE portal_id = $1 AND entity = e.entity ORDER BY id DESC LIMIT 1) r ON true
  ${partitionSums}
  ORDER BY e.position`;

interface StatusRow {
  entity: Entity;
  reconciledAt: Date | null;
  reconcileSource: string;
  reconcileMirror: string;
  reconcileDeleted: string;
  reconcileWithheld: string;
  rows: string;
  lastCompletedAt: Date | null;
  nextRunAt: Date | null;
  quarantined: string;
  id: number | null;
  type: RunType;
  state: RunState;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  rowsRead: string;
  rowsWritten: string;
  rowsExpected: string | null;
  ownersExpected: string | null;
  ownersRead: string;
  rate: number | null;
  requests: string;
  retries: string;
  resumed: number;
  waitingUntil: Date | null;
  errorCode: ErrorCode | null;
  errorDetail: string | null;
}

/** A new run is always the newest, so the newest is the active one where there is one. */
export async function selectStatus(
  db: Queryable,
  portalId: number,
  entities: readonly Pick<MirroredEntity, "entity" | "label">[],
): Promise<EntityStatus[]> {
  const { rows } = await db.query<StatusRow>(statusSql, [portalId, entities.map(({ entity }) => entity)]);
  return rows.map((row, at) => ({
    entity: row.entity,
    label: entities[at]!.label,
    rows: Number(row.rows),
    run: row.id === null ? null : toRun(row, row.id),
    lastCompletedAt: toIso(row.lastCompletedAt),
    nextRunAt: toIso(row.nextRunAt),
    ...(row.quarantined === "0" ? {} : { quarantined: Number(row.quarantined) }),
    ...(row.reconciledAt === null ? {} : { reconcile: toReconciliation(row, row.reconciledAt) }),
  }));
}

/** One run, whichever entity's; null where the portal has none of this number. */
export async function selectRun(db: Queryable, portalId: number, runId: number): Promise<SyncRun | null> {
  const { rows } = await db.query<StatusRow>(runSql, [portalId, runId]);
  const [row] = rows;
  return row === undefined || row.id === null ? null : toRun(row, row.id);
}

/** Runs of an entity, or of all, newest first. */
export async function selectRuns(
  db: Queryable,
  portalId: number,
  { entity, before, limit }: { entity?: Entity | undefined; before?: number | undefined; limit: number },
): Promise<SyncRun[]> {
  const { rows } = await db.query<StatusRow & { id: number }>(runsSql, [
    portalId,
    entity ?? null,
    before ?? null,
    limit,
  ]);
  return rows.map((row) => toRun(row, row.id));
}

function toReconciliation(row: StatusRow, at: Date): Reconciliation {
  return {
    at: at.toISOString(),
    source: Number(row.reconcileSource),
    mirror: Number(row.reconcileMirror),
    deleted: Number(row.reconcileDeleted),
    withheld: Number(row.reconcileWithheld),
  };
}

function toRun(row: StatusRow, id: number): SyncRun {
  const rowsRead = Number(row.rowsRead);
  // The estimate may be low; what was read is the least that there is.
  const rowsExpected = row.rowsExpected === null ? null : Math.max(Number(row.rowsExpected), rowsRead);
  const owners = toOwners(row);
  const [done, expected] = owners ? [owners.read, owners.expected] : [rowsRead, rowsExpected];
  const rate = row.state === "running" ? row.rate : null;
  return {
    id,
    entity: row.entity,
    type: row.type,
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    startedAt: toIso(row.startedAt),
    finishedAt: toIso(row.finishedAt),
    rowsRead,
    rowsWritten: Number(row.rowsWritten),
    rowsExpected,
    ...(owners ? { owners } : {}),
    rate,
    secondsLeft: rate && expected !== null ? Math.ceil((expected - done) / rate) : null,
    requests: Number(row.requests),
    retries: Number(row.retries),
    resumed: row.resumed,
    waitingUntil: toIso(row.waitingUntil),
    error: row.errorCode === null ? null : { code: row.errorCode, detail: row.errorDetail ?? "" },
  };
}

function toOwners({ entity, ownersExpected, ownersRead }: StatusRow): SyncRun["owners"] | null {
  const owner = ownerEntity(entity);
  if (owner === null || ownersExpected === null) return null;
  const read = Number(ownersRead);
  return { entity: owner, read, expected: Math.max(Number(ownersExpected), read) };
}

function toIso(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
