import type { SharingLevel } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

export interface AnswerRow {
  readonly id: string;
  readonly portalId: number;
  readonly who: string;
  readonly question: string;
  readonly key: string | null;
  readonly by: "planner" | "model" | "memory";
  readonly verdict: string;
  readonly reason: string | null;
  readonly definition: unknown;
  readonly tables: readonly string[];
  readonly sql: string | null;
  readonly sharing: SharingLevel;
  readonly model: string | null;
  readonly attempts: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cost: number | null;
  readonly rows: number | null;
  readonly milliseconds: number;
  readonly faults: readonly string[];
}

export async function insertAnswer(db: Queryable, row: AnswerRow): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.charts_answers (id, portal_id, who, question, key, by, verdict, reason, definition, tables, sql, sharing,
       model, attempts, prompt_tokens, completion_tokens, cost, rows, milliseconds, faults)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
    [
      ...[row.id, row.portalId, row.who, row.question, row.key, row.by, row.verdict, row.reason],
      row.definition === null ? null : JSON.stringify(row.definition),
      ...[row.tables, row.sql, row.sharing, row.model, row.attempts, row.promptTokens, row.completionTokens],
      ...[row.cost, row.rows, row.milliseconds, JSON.stringify(row.faults)],
    ],
  );
}

/** What was answered to the same question under the same circumstances, within a week; null where nothing was. */
export async function selectRemembered(db: Queryable, key: string): Promise<unknown> {
  const { rows } = await db.query<{ definition: unknown }>(
    `SELECT definition FROM b24kit.charts_answers
     WHERE key = $1 AND verdict IN ('plan', 'sql') AND definition IS NOT NULL AND at > now() - interval '7 days'
     ORDER BY at DESC LIMIT 1`,
    [key],
  );
  return rows[0]?.definition ?? null;
}

export interface ResultRow<S> {
  readonly id: string;
  readonly portalId: number;
  readonly who: string;
  readonly statement: S;
}

/** Keeps a statement for a day under its id, and forgets older ones. */
export async function insertResult<S>(
  db: Queryable,
  { id, portalId, who, statement }: ResultRow<S>,
): Promise<void> {
  await db.query(
    `WITH gone AS (DELETE FROM b24kit.charts_results WHERE at < now() - interval '1 day')
     INSERT INTO b24kit.charts_results (id, portal_id, who, statement) VALUES ($1, $2, $3, $4)`,
    [id, portalId, who, JSON.stringify(statement)],
  );
}

export async function selectResult<S>(db: Queryable, id: string): Promise<ResultRow<S> | null> {
  const { rows } = await db.query<ResultRow<S>>(
    `SELECT id, portal_id AS "portalId", who, statement FROM b24kit.charts_results
     WHERE id = $1 AND at > now() - interval '1 day'`,
    [id],
  );
  return rows[0] ?? null;
}
