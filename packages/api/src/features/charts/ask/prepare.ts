import type { ChartDefinition, ChartFilters, ChartNote, Plan } from "@b24kit/client/contract";
import type { Database } from "../../../platform/db/database.ts";
import { AppError } from "../../../platform/http/app-error.ts";
import type { Charts } from "../charts.ts";
import { shapeOfColumns } from "../form/shape-of-columns.ts";
import type { Accepted, Refusal } from "../guard/check-sql.ts";
import { compilePlan, PlanInvalid } from "../plan/compile-plan.ts";
import type { ResultShape } from "../plan/compiled-plan.ts";
import type { Reader } from "../plan/day.ts";
import { writeOut } from "../plan/parameters.ts";
import type { ChartStatement } from "../run-chart-sql.ts";
import { selectTargets } from "../store/targets.ts";
import { type Audience, requireTables } from "./audience.ts";
import { isEmpty, withFilters } from "./locked-filters.ts";

/** A statement that may be run for its audience, and what is to be told about it. */
export interface Prepared {
  readonly statement: ChartStatement | Accepted;
  readonly lane: "plan" | "sql";
  readonly sql: string;
  readonly plan: Plan | null;
  readonly shape: ResultShape;
  readonly notes: readonly ChartNote[];
  readonly tables: readonly string[];
}

/** Refused by the guard: `refusal` says whether another try makes sense. */
export class SqlRefused extends AppError {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    const hint = refusal.hint ? ` ${refusal.hint}` : "";
    super("sql_refused", `${refusal.code}: ${refusal.detail}${hint}`);
    this.refusal = refusal;
  }
}

/**
 * Compiles a plan or lets the guard look at SQL, both within what the audience may see.
 * @throws AppError plan_invalid, sql_refused (SqlRefused), sql_off, forbidden
 */
export async function prepare(
  charts: Charts,
  audience: Audience,
  definition: ChartDefinition,
  how: {
    readonly reader: Reader;
    readonly filters: ChartFilters | null;
    readonly sqlOn: boolean;
    readonly db: Database;
  },
): Promise<Prepared> {
  return definition.lane === "plan"
    ? preparePlan(charts, audience, definition.plan, how)
    : prepareSql(charts, audience, definition.sql, how);
}

async function preparePlan(
  charts: Charts,
  audience: Audience,
  asked: Plan,
  {
    reader,
    filters,
    db,
  }: { readonly reader: Reader; readonly filters: ChartFilters | null; readonly db: Database },
): Promise<Prepared> {
  const { catalogue } = await charts.catalogue(audience.portal.id);
  const filtered = withFilters(catalogue, asked, filters, false) as Plan;
  const locked = withFilters(catalogue, filtered, audience.lock, true);
  if ("broken" in locked) throw new AppError("forbidden", `This token does not reach ${locked.broken}.`);
  const planned = asked.measures.some(
    ({ aggregate, over }) => aggregate === "target" || over?.aggregate === "target",
  );
  const targets = planned ? await selectTargets(db.pool, audience.portal.id, null, null) : [];
  try {
    const compiled = compilePlan(locked, { catalogue, reader, targets });
    requireTables(audience, [locked.entity, ...compiled.tables]);
    const lockNote: ChartNote[] =
      audience.lock && !isEmpty(audience.lock) ? [{ code: "locked_filters", params: {} }] : [];
    return {
      statement: { text: compiled.sql, values: compiled.params, columns: compiled.columns },
      ...{
        lane: "plan",
        sql: writeOut(compiled.sql, compiled.params),
        plan: asked,
        shape: compiled.shape,
        tables: compiled.tables,
      },
      notes: [...compiled.notes, ...lockNote],
    };
  } catch (error) {
    if (error instanceof PlanInvalid) throw new AppError("plan_invalid", error.message, { cause: error });
    throw error;
  }
}

async function prepareSql(
  charts: Charts,
  audience: Audience,
  text: string,
  { sqlOn }: { readonly sqlOn: boolean },
): Promise<Prepared> {
  if (!sqlOn) throw new AppError("sql_off", "An administrator has switched SQL off for this portal.");
  const verdict = await charts.check(audience.portal.id, text, audience);
  if (!verdict.ok) throw new SqlRefused(verdict.refusal);
  requireTables(audience, verdict.tables);
  return {
    statement: verdict,
    ...{ lane: "sql", sql: text, plan: null, shape: shapeOfColumns(verdict.columns), tables: verdict.tables },
    notes: [],
  };
}
