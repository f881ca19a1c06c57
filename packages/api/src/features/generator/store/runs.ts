import type { ErrorCode, GeneratorPlan, GeneratorState, StopReason } from "@b24kit/client/contract";
import type { Owner } from "../deps.ts";
import type { Catalogue } from "../records/record.ts";
import { activeStates, type RunEvent, stateAfter, statesBefore, workingStates } from "../states.ts";
import type { Queryable } from "./queryable.ts";
import { present } from "./sessions.ts";

/** A run as those who work on it need it. */
export interface Run extends Owner {
  readonly id: string;
  readonly state: GeneratorState;
  readonly session: string;
  readonly plan: GeneratorPlan;
  readonly day: string;
  readonly catalogue: Catalogue | null;
  readonly resumed: number;
  readonly reason: StopReason | null;
  readonly undoForce: boolean | null;
}

const columns = `id, portal_id AS "portalId", person, state, session, plan, to_char(day, 'YYYY-MM-DD') AS day,
  catalogue, resumed, reason, undo_force AS "undoForce"`;
const uniqueViolation = "23505";

/** Adds a run unless one of the person's is active: then null, however many ask at once. */
export async function insertRun(
  db: Queryable,
  run: Owner & { session: string; plan: GeneratorPlan },
): Promise<Run | null> {
  return unlessActive(() =>
    one(
      db,
      `INSERT INTO b24kit.generator_runs (portal_id, person, session, attended, state, plan)
       SELECT $1::integer, $2::text, $3::text, ${present("$3", "$1", "$2")}, 'queued', $4 RETURNING ${columns}`,
      [run.portalId, run.person, run.session, JSON.stringify(run.plan)],
    ),
  );
}

/** Runs that some process has to work on, oldest first. */
export async function selectWork(db: Queryable): Promise<Run[]> {
  const { rows } = await db.query<Run>(
    `SELECT ${columns} FROM b24kit.generator_runs WHERE state = ANY($1) ORDER BY created_at`,
    [workingStates],
  );
  return rows;
}

export function selectRun(db: Queryable, id: string, owner?: Owner): Promise<Run | null> {
  return one(
    db,
    `SELECT ${columns} FROM b24kit.generator_runs
     WHERE id = $1 AND ($2::integer IS NULL OR portal_id = $2 AND person = $3)`,
    [id, owner?.portalId ?? null, owner?.person ?? null],
  );
}

export interface EventValues {
  readonly reason?: StopReason;
  readonly error?: { readonly code: ErrorCode; readonly detail: string };
}

/** Moves a run by the transition table; null where the event does not apply any more. */
export function applyEvent(
  db: Queryable,
  id: string,
  event: RunEvent,
  { reason, error }: EventValues = {},
): Promise<Run | null> {
  return one(
    db,
    `UPDATE b24kit.generator_runs SET state = $2,
       started_at = CASE WHEN $4 = 'claim' THEN coalesce(started_at, now()) ELSE started_at END,
       finished_at = CASE WHEN $2 IN ('completed', 'stopped', 'failed', 'undone') THEN now() END,
       resumed = resumed + (CASE WHEN $4 = 'claim' AND state = 'running' THEN 1 ELSE 0 END),
       held_at = CASE WHEN $2 = 'held' THEN now() END,
       reason = coalesce($5, reason), error_code = $6, error_detail = $7, waiting_until = NULL, rate = NULL
     WHERE id = $1 AND state = ANY($3) RETURNING ${columns}`,
    [
      id,
      stateAfter(event),
      statesBefore(event),
      event,
      reason ?? null,
      error?.code ?? null,
      error?.detail ?? null,
    ],
  );
}

/** A run that was stopped or has failed goes on, now for this tab; null where it may not, "active" where another is. */
export function resumeRun(db: Queryable, id: string, session: string): Promise<Run | "refused" | null> {
  return unlessActive(async () => {
    const run = await one(
      db,
      `UPDATE b24kit.generator_runs SET state = $2, session = $4, attended = ${present("$4")}, finished_at = NULL,
         reason = NULL, error_code = NULL, error_detail = NULL
       WHERE id = $1 AND state = ANY($3) AND undo_force IS NULL RETURNING ${columns}`,
      [id, stateAfter("resume"), statesBefore("resume"), session],
    );
    return run ?? "refused";
  });
}

export function undoRun(db: Queryable, id: string, force: boolean): Promise<Run | "refused" | null> {
  return unlessActive(async () => {
    const run = await one(
      db,
      `UPDATE b24kit.generator_runs SET state = $2, undo_force = $4, finished_at = NULL, error_code = NULL, error_detail = NULL
       WHERE id = $1 AND state = ANY($3) RETURNING ${columns}`,
      [id, stateAfter("undo"), statesBefore("undo"), force],
    );
    return run ?? "refused";
  });
}

/**
 * Lets the next batch begin: false once the run was stopped, or its tab is not there. Holds the row until the end of
 * the transaction, so that a stop is either before the batch or after it.
 */
export async function mayGoOn(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT FROM b24kit.generator_runs WHERE id = $1 AND state = 'running' AND (NOT attended OR ${present()})
     FOR NO KEY UPDATE`,
    [id],
  );
  return rows.length > 0;
}

/** A tab has connected: from now on its run goes with it. Answers runs that it brings back to life. */
export async function attendRuns(db: Queryable, owner: Owner, session: string): Promise<Run[]> {
  const { rows } = await db.query<Run>(
    `UPDATE b24kit.generator_runs SET attended = true, state = CASE state WHEN 'held' THEN $5 ELSE state END, held_at = NULL
     WHERE portal_id = $1 AND person = $2 AND session = $3 AND state = ANY($4) RETURNING ${columns}`,
    [owner.portalId, owner.person, session, activeStates, stateAfter("return")],
  );
  return rows;
}

/** Runs whose tab is gone are held. */
export async function holdMissed(db: Queryable): Promise<Run[]> {
  const { rows } = await db.query<Run>(
    `UPDATE b24kit.generator_runs SET state = $1, held_at = now(), rate = NULL, waiting_until = NULL
     WHERE state = ANY($2) AND attended AND NOT ${present()} RETURNING ${columns}`,
    [stateAfter("hold"), statesBefore("hold")],
  );
  return rows;
}

/** Held runs whose tab is there after all go on. */
export async function returnFound(db: Queryable): Promise<Run[]> {
  const { rows } = await db.query<Run>(
    `UPDATE b24kit.generator_runs SET state = $1, held_at = NULL WHERE state = ANY($2) AND ${present()} RETURNING ${columns}`,
    [stateAfter("return"), statesBefore("return")],
  );
  return rows;
}

/** Held runs whose tab has not come back in time are stopped. */
export async function stopMissed(db: Queryable, graceMs: number): Promise<Run[]> {
  const { rows } = await db.query<Run>(
    `UPDATE b24kit.generator_runs SET state = $1, reason = 'disconnected'
     WHERE state = 'held' AND held_at <= now() - make_interval(secs => $2::double precision / 1000) RETURNING ${columns}`,
    [stateAfter("stop"), graceMs],
  );
  return rows;
}

/** Milliseconds until the next held run has to be stopped; null where none is held. */
export async function selectNextStop(db: Queryable, graceMs: number): Promise<number | null> {
  const { rows } = await db.query<{ left: number | null }>(
    `SELECT extract(epoch FROM min(held_at) - now())::double precision * 1000 + $1 AS left
     FROM b24kit.generator_runs WHERE state = 'held'`,
    [graceMs],
  );
  return rows[0]?.left ?? null;
}

/** A tab cannot have come back while nobody was there to receive it. */
export async function renewGrace(db: Queryable): Promise<void> {
  await db.query("UPDATE b24kit.generator_runs SET held_at = now() WHERE state = 'held'");
}

export async function updateCatalogue(db: Queryable, id: string, catalogue: Catalogue): Promise<void> {
  await db.query("UPDATE b24kit.generator_runs SET catalogue = $2 WHERE id = $1", [
    id,
    JSON.stringify(catalogue),
  ]);
}

export async function updatePace(
  db: Queryable,
  id: string,
  pace: { rate: number | null; waitingUntil: Date | null; requests: number },
): Promise<void> {
  await db.query(
    "UPDATE b24kit.generator_runs SET rate = $2, waiting_until = $3, requests = requests + $4 WHERE id = $1",
    [id, pace.rate, pace.waitingUntil, pace.requests],
  );
}

async function one(db: Queryable, text: string, values: unknown[]): Promise<Run | null> {
  const { rows } = await db.query<Run>(text, values);
  return rows[0] ?? null;
}

/** Null where the index says that the person has an active run already. */
async function unlessActive<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) return null;
    throw error;
  }
}
