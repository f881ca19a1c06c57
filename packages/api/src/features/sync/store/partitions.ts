import { workingStates } from "../states.ts";
import type { Queryable } from "./queryable.ts";

/**
 * A piece of a run. `range`: all records with ids above `lo` up to `hi`; `modified`: those that changed since the
 * last run; `new`: those with ids above the mirror's.
 */
export interface Partition {
  readonly no: number;
  readonly kind: "range" | "modified" | "new";
  readonly lo: number;
  readonly hi: number | null;
  /** Everything up to this id is written. */
  readonly cursor: number;
}

/** A partition while it is read: its end may come nearer, because another reader has taken the rest. */
export interface OpenPartition extends Omit<Partition, "hi" | "cursor"> {
  hi: number | null;
  cursor: number;
  /** Rows that are likely between cursor and end; null before the first answer. */
  left: number | null;
  splitting: boolean;
  /** What is being done to it; steps of its reader and a split follow one another. */
  turn: Promise<unknown>;
}

export const openPartition = (partition: Partition): OpenPartition => ({
  ...partition,
  left: null,
  splitting: false,
  turn: Promise.resolve(),
});

/** Does something to a partition when whatever was begun before has ended. */
export function inTurn<T>(partition: OpenPartition, work: () => Promise<T>): Promise<T> {
  const turn = partition.turn.then(work);
  partition.turn = turn.catch(() => {});
  return turn;
}

export interface Plan {
  readonly windowFrom: Date | null;
  readonly windowTo: Date;
  /** Milliseconds to add to our clock to get the portal's. */
  readonly skew: number;
  /** Minutes that the portal's own time is ahead of UTC. */
  readonly offsetMinutes: number;
  /** Null where nobody can tell. */
  readonly rowsExpected: number | null;
  /** Of records that are read owner by owner: so many owners. */
  readonly ownersExpected?: number;
  readonly partitions: readonly Omit<Partition, "no" | "cursor">[];
}

/** Keeps the plan of a run, once. Returns false where the run ended meanwhile. */
export async function insertPlan(tx: Queryable, runId: number, plan: Plan): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE b24kit.sync_runs SET window_from = $2, window_to = $3, rows_expected = $4, portal_skew_ms = $5, portal_offset_minutes = $6,
       owners_expected = $7
     WHERE id = $1 AND state = ANY($8)`,
    [
      runId,
      plan.windowFrom,
      plan.windowTo,
      plan.rowsExpected,
      Math.round(plan.skew),
      plan.offsetMinutes,
      plan.ownersExpected ?? null,
      workingStates,
    ],
  );
  await tx.query(
    `INSERT INTO b24kit.sync_partitions (run_id, no, kind, lo, hi, cursor)
     SELECT $1, p.no, p.kind, p.lo, p.hi, p.lo FROM unnest($2::text[], $3::bigint[], $4::bigint[]) WITH ORDINALITY AS p(kind, lo, hi, no)`,
    [
      runId,
      plan.partitions.map((one) => one.kind),
      plan.partitions.map((one) => one.lo),
      plan.partitions.map((one) => one.hi),
    ],
  );
  return rowCount === 1;
}

export async function selectOpenPartitions(db: Queryable, runId: number): Promise<Partition[]> {
  const { rows } = await db.query<
    Omit<Partition, "lo" | "hi" | "cursor"> & { lo: string; hi: string | null; cursor: string }
  >(
    "SELECT no, kind, lo, hi, cursor FROM b24kit.sync_partitions WHERE run_id = $1 AND NOT done ORDER BY no",
    [runId],
  );
  return rows.map((row) => ({
    ...row,
    lo: Number(row.lo),
    hi: row.hi === null ? null : Number(row.hi),
    cursor: Number(row.cursor),
  }));
}

/** Makes what lies above `at` a partition of its own, in a transaction. Null where its reader is past that, or the run has ended. */
export async function splitPartition(
  tx: Queryable,
  runId: number,
  no: number,
  at: number,
): Promise<Partition | null> {
  // By a statement of its own: the next one sees what readers who cut others of the run at this moment have numbered.
  const run = "SELECT FROM b24kit.sync_runs WHERE id = $1 AND state = ANY($2) FOR NO KEY UPDATE";
  if ((await tx.query(run, [runId, workingStates])).rowCount !== 1) return null;
  const { rows } = await tx.query<{ no: number; hi: string }>(
    `WITH cut AS (
       SELECT run_id, no, hi FROM b24kit.sync_partitions
        WHERE run_id = $1 AND no = $2 AND kind = 'range' AND NOT done AND cursor < $3 AND hi > $3 FOR UPDATE),
     kept AS (
       UPDATE b24kit.sync_partitions p SET hi = $3 FROM cut WHERE p.run_id = cut.run_id AND p.no = cut.no)
     INSERT INTO b24kit.sync_partitions (run_id, no, kind, lo, hi, cursor)
       SELECT run_id, (SELECT max(no) + 1 FROM b24kit.sync_partitions WHERE run_id = $1), 'range', $3, hi, $3 FROM cut
       RETURNING no, hi`,
    [runId, no, at],
  );
  const [row] = rows;
  return row ? { no: row.no, kind: "range", lo: at, hi: Number(row.hi), cursor: at } : null;
}

export interface Advance {
  readonly cursor: number;
  readonly done: boolean;
  readonly read: number;
  readonly written: number;
  readonly added: number;
  readonly misfits: number;
  /** Owners whose records were asked for, where they are read owner by owner. */
  readonly owners?: number;
  readonly requests: number;
  readonly serverSeconds: number;
}

/** Moves the cursor in the transaction that wrote the rows. Returns false where the run is not active any more. */
export async function advancePartition(
  tx: Queryable,
  runId: number,
  no: number,
  step: Advance,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE b24kit.sync_partitions p SET cursor = $3, done = $4, rows_read = rows_read + $5, rows_written = rows_written + $6,
       rows_added = rows_added + $7, misfits = misfits + $8, requests = p.requests + $9,
       server_seconds = p.server_seconds + $10, owners_read = owners_read + $11
     FROM b24kit.sync_runs r WHERE p.run_id = $1 AND p.no = $2 AND r.id = p.run_id AND r.state = ANY($12)`,
    [
      runId,
      no,
      step.cursor,
      step.done,
      step.read,
      step.written,
      step.added,
      step.misfits,
      step.requests,
      step.serverSeconds,
      step.owners ?? 0,
      workingStates,
    ],
  );
  return rowCount === 1;
}

/** What a planned run covers, on the portal's clock. Without a beginning it covers everything. */
export interface Window {
  readonly from: Date | null;
  readonly to: Date;
  readonly skew: number;
  readonly offsetMinutes: number;
}

export async function selectWindow(db: Queryable, runId: number): Promise<Window> {
  const { rows } = await db.query<Omit<Window, "skew"> & { skew: string }>(
    `SELECT window_from AS "from", window_to AS "to", portal_skew_ms AS skew, portal_offset_minutes AS "offsetMinutes"
     FROM b24kit.sync_runs WHERE id = $1`,
    [runId],
  );
  return { ...rows[0]!, skew: Number(rows[0]!.skew) };
}

export interface Totals {
  readonly read: number;
  readonly written: number;
  readonly misfits: number;
  readonly requests: number;
  readonly retries: number;
  readonly serverSeconds: number;
  readonly seconds: number;
}

/** The balance of a run, planning included. */
export async function selectTotals(db: Queryable, runId: number): Promise<Totals> {
  const { rows } = await db.query<Totals>(
    `SELECT coalesce(sum(p.rows_read), 0)::float8 AS read, coalesce(sum(p.rows_written), 0)::float8 AS written,
       coalesce(sum(p.misfits), 0)::float8 AS misfits, (r.requests + coalesce(sum(p.requests), 0))::float8 AS requests,
       r.retries::float8 AS retries,
       round((r.server_seconds + coalesce(sum(p.server_seconds), 0))::numeric, 3)::float8 AS "serverSeconds",
       round(extract(epoch FROM now() - r.started_at), 3)::float8 AS seconds
     FROM b24kit.sync_runs r LEFT JOIN b24kit.sync_partitions p ON p.run_id = r.id WHERE r.id = $1 GROUP BY r.id`,
    [runId],
  );
  return rows[0]!;
}
