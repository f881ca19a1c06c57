import type {
  ErrorCode,
  GeneratorEntity,
  GeneratorPlan,
  GeneratorRun,
  GeneratorState,
  StopReason,
} from "@b24kit/client/contract";
import { GeneratorEntity as Entities } from "@b24kit/client/contract";
import type { Owner } from "../deps.ts";
import type { Queryable } from "./queryable.ts";

interface Row {
  id: string;
  state: GeneratorState;
  session: string;
  plan: GeneratorPlan;
  rate: number | null;
  requests: number;
  resumed: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  waitingUntil: Date | null;
  heldAt: Date | null;
  reason: StopReason | null;
  errorCode: ErrorCode | null;
  errorDetail: string | null;
  undoForce: boolean | null;
  tallies: Tally[] | null;
}

interface Tally {
  entity: GeneratorEntity;
  underWay: number;
  made: number;
  failed: number;
  linked: number;
  deleted: number;
  kept: number;
  missing: number;
}

const statusSql = `
  SELECT r.id, r.state, r.session, r.plan, r.rate, r.requests, r.resumed, r.created_at AS "createdAt",
    r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.waiting_until AS "waitingUntil", r.held_at AS "heldAt",
    r.reason, r.error_code AS "errorCode", r.error_detail AS "errorDetail", r.undo_force AS "undoForce", t.tallies
  FROM b24kit.generator_runs r
  LEFT JOIN LATERAL (SELECT json_agg(s) AS tallies FROM (
    SELECT entity, count(*) FILTER (WHERE state = 'intended') AS "underWay",
      count(*) FILTER (WHERE state NOT IN ('intended', 'failed')) AS made,
      count(*) FILTER (WHERE state = 'failed') AS failed, count(*) FILTER (WHERE linked) AS linked,
      count(*) FILTER (WHERE state = 'deleted') AS deleted, count(*) FILTER (WHERE state = 'kept') AS kept,
      count(*) FILTER (WHERE state = 'missing') AS missing
    FROM b24kit.generator_records WHERE run_id = r.id GROUP BY entity) s) t ON true`;

/** One run with its counts. */
export async function selectStatus(
  db: Queryable,
  runId: string,
  graceMs: number,
): Promise<GeneratorRun | null> {
  const { rows } = await db.query<Row>(`${statusSql} WHERE r.id = $1`, [runId]);
  return rows[0] ? toRun(rows[0], graceMs) : null;
}

/** A person's latest runs, newest first; those of one tab where a session is given. */
export async function selectLatest(
  db: Queryable,
  owner: Owner,
  graceMs: number,
  { session = null, limit = 10 }: { session?: string | null; limit?: number } = {},
): Promise<GeneratorRun[]> {
  const { rows } = await db.query<Row>(
    `${statusSql} WHERE r.portal_id = $1 AND r.person = $2 AND ($3::text IS NULL OR r.session = $3)
     ORDER BY r.created_at DESC LIMIT $4`,
    [owner.portalId, owner.person, session, limit],
  );
  return rows.map((row) => toRun(row, graceMs));
}

function toRun(row: Row, graceMs: number): GeneratorRun {
  const tallies = row.tallies ?? [];
  const sum = (key: Exclude<keyof Tally, "entity">) =>
    tallies.reduce((total, tally) => total + tally[key], 0);
  const counts = Object.fromEntries(
    Entities.options.map((entity) => {
      const tally = tallies.find((one) => one.entity === entity);
      return [
        entity,
        { planned: row.plan.counts[entity], created: tally?.made ?? 0, failed: tally?.failed ?? 0 },
      ];
    }),
  ) as GeneratorRun["counts"];
  const planned = Object.values(row.plan.counts).reduce((total, count) => total + count, 0);
  const left =
    row.state === "undoing"
      ? sum("made") - sum("deleted") - sum("kept") - sum("missing")
      : planned - sum("made") - sum("failed");
  return {
    id: row.id,
    state: row.state,
    session: row.session,
    plan: row.plan,
    counts,
    linked: sum("linked"),
    underWay: sum("underWay"),
    rate: row.rate,
    secondsLeft: row.rate ? Math.ceil(left / row.rate) : null,
    requests: row.requests,
    resumed: row.resumed,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    waitingUntil: row.waitingUntil?.toISOString() ?? null,
    heldUntil: row.heldAt ? new Date(row.heldAt.getTime() + graceMs).toISOString() : null,
    reason: row.reason,
    error: row.errorCode === null ? null : { code: row.errorCode, detail: row.errorDetail ?? "" },
    undone:
      row.undoForce === null ? null : { deleted: sum("deleted"), kept: sum("kept"), missing: sum("missing") },
  };
}
