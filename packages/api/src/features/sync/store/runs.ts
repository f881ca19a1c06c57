import type { Entity, ErrorCode, RunType } from "@b24kit/client/contract";
import { type RunEvent, stateAfter, statesBefore } from "../states.ts";
import type { Queryable } from "./queryable.ts";

export interface Run {
  readonly id: number;
  readonly portalId: number;
  readonly entity: Entity;
  readonly type: RunType;
  /** Null until the portal was asked and the partitions were made. */
  readonly windowTo: Date | null;
  readonly resumed: number;
}

const columns = `id, portal_id AS "portalId", entity, type, window_to AS "windowTo", resumed`;
const uniqueViolation = "23505";

/** Adds a run unless one of the same entity is active: then null, however many ask at once. */
export async function insertRun(
  db: Queryable,
  run: { portalId: number; entity: Entity; type: RunType; cause: "person" | "schedule" },
): Promise<number | null> {
  try {
    const { rows } = await db.query<{ id: number }>(
      `INSERT INTO b24kit.sync_runs (portal_id, entity, type, cause, state) VALUES ($1, $2, $3, $4, 'queued') RETURNING id`,
      [run.portalId, run.entity, run.type, run.cause],
    );
    return rows[0]!.id;
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) return null;
    throw error;
  }
}

/** Runs that somebody must work on, oldest first; whether somebody does is told by their claims. */
export async function selectActiveRuns(db: Queryable): Promise<Run[]> {
  const { rows } = await db.query<Run>(
    `SELECT ${columns} FROM b24kit.sync_runs WHERE state = ANY($1) ORDER BY id`,
    [statesBefore("claim")],
  );
  return rows;
}

export interface EventValues {
  readonly waitingUntil?: Date | null;
  readonly rate?: number | null;
  readonly error?: { readonly code: ErrorCode; readonly detail: string };
}

/** Moves a run by the transition table; null where the event does not apply any more (it was cancelled meanwhile). */
export async function applyEvent(
  db: Queryable,
  runId: number,
  event: RunEvent,
  values: EventValues = {},
): Promise<Run | null> {
  const state = stateAfter(event);
  const { rows } = await db.query<Run>(
    `UPDATE b24kit.sync_runs SET state = $2,
       started_at = CASE WHEN $2 = 'running' THEN coalesce(started_at, now()) ELSE started_at END,
       finished_at = CASE WHEN $2 IN ('completed', 'failed', 'cancelled') THEN now() END,
       resumed = resumed + (CASE WHEN $4 = 'claim' AND started_at IS NOT NULL THEN 1 ELSE 0 END),
       waiting_until = $5, rate = $6, error_code = $7, error_detail = $8
     WHERE id = $1 AND state = ANY($3) RETURNING ${columns}`,
    [
      runId,
      state,
      statesBefore(event),
      event,
      values.waitingUntil ?? null,
      values.rate ?? null,
      values.error?.code ?? null,
      values.error?.detail ?? null,
    ],
  );
  return rows[0] ?? null;
}

export async function updateRate(db: Queryable, runId: number, rate: number | null): Promise<void> {
  await db.query("UPDATE b24kit.sync_runs SET rate = $2 WHERE id = $1 AND state = 'running'", [runId, rate]);
}

/** What a request cost that belongs to no partition. */
export async function addCosts(
  db: Queryable,
  runId: number,
  costs: { requests: number; serverSeconds: number },
): Promise<void> {
  await db.query(
    "UPDATE b24kit.sync_runs SET requests = requests + $2, server_seconds = server_seconds + $3 WHERE id = $1",
    [runId, costs.requests, costs.serverSeconds],
  );
}

export async function addRetries(db: Queryable, runId: number, retries: number): Promise<void> {
  await db.query("UPDATE b24kit.sync_runs SET retries = retries + $2 WHERE id = $1", [runId, retries]);
}

/** A person's word to the active run of an entity. Answers the run; null where the word applies to none. */
export async function applyToActive(
  db: Queryable,
  portalId: number,
  entity: Entity,
  event: "cancel" | "pause" | "unpause",
): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>(
    `UPDATE b24kit.sync_runs SET state = $3, finished_at = CASE WHEN $3 = 'cancelled' THEN now() END, waiting_until = NULL, rate = NULL
     WHERE portal_id = $1 AND entity = $2 AND state = ANY($4) RETURNING id`,
    [portalId, entity, stateAfter(event), statesBefore(event)],
  );
  return rows[0]?.id ?? null;
}

/** Forgets runs that ended long ago, with their logs. */
export async function deleteOldRuns(
  db: Queryable,
  portalId: number,
  entity: Entity,
  days: number,
): Promise<void> {
  await db.query(
    "DELETE FROM b24kit.sync_runs WHERE portal_id = $1 AND entity = $2 AND finished_at < now() - make_interval(days => $3)",
    [portalId, entity, days],
  );
}
