import type pg from "pg";
import { openingOf } from "../../platform/arrow/query-stream.ts";
import type { StreamRequest } from "../../platform/arrow/stream-query.ts";
import type { ParameterValue } from "../../platform/arrow/text-parameter.ts";
import { toTextParameter } from "../../platform/arrow/text-parameter.ts";
import { AppError } from "../../platform/http/app-error.ts";

/** PostgreSQL's own guess at a statement's work. */
export interface Estimate {
  readonly cost: number;
  /** Rows of the result. */
  readonly rows: number;
  /** Rows of the step that makes most. */
  readonly mostRows: number;
}

/** Beyond these a question is asked wrongly: an answer is some thousand rows from some million. */
const MAX_COST = 3_000_000;
const MAX_RESULT_ROWS = 250_000;
const MAX_STEP_ROWS = 50_000_000;

interface PlanNode {
  readonly "Total Cost": number;
  readonly "Plan Rows": number;
  readonly Plans?: readonly PlanNode[];
}

/**
 * Asks PostgreSQL how it would run a statement, and refuses what would be too much before it begins.
 * @throws AppError query_too_heavy; DatabaseError where the statement cannot be planned
 */
export async function passGate(
  pool: pg.Pool,
  text: string,
  values: readonly ParameterValue[],
  limits: StreamRequest["limits"],
): Promise<Estimate> {
  const estimate = await estimateWork(pool, text, values, limits);
  const { cost, rows, mostRows } = estimate;
  if (rows > MAX_RESULT_ROWS)
    throw tooHeavy(`about ${Math.round(rows)} rows would come; aggregate or filter them`);
  if (mostRows > MAX_STEP_ROWS || cost > MAX_COST)
    throw tooHeavy("it combines too many rows; join by a condition, aggregate first or filter");
  return estimate;
}

async function estimateWork(
  pool: pg.Pool,
  text: string,
  values: readonly ParameterValue[],
  limits: StreamRequest["limits"],
): Promise<Estimate> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(openingOf(limits));
    // Extended protocol: what begins as one statement stays one.
    const query = {
      text: `EXPLAIN (FORMAT JSON) ${text}`,
      values: values.map(toTextParameter),
      queryMode: "extended",
    };
    const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(query as pg.QueryConfig);
    const plan = rows[0]!["QUERY PLAN"][0].Plan;
    return { cost: plan["Total Cost"], rows: plan["Plan Rows"], mostRows: mostRows(plan) };
  } finally {
    await client.query("ROLLBACK").catch((error: Error) => {
      broken = error;
    });
    client.release(broken);
  }
}

function mostRows(node: PlanNode): number {
  return Math.max(node["Plan Rows"], ...(node.Plans ?? []).map(mostRows));
}

function tooHeavy(why: string): AppError {
  return new AppError("query_too_heavy", `The question was not run: ${why}.`);
}
