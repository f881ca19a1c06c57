import { createHash, randomUUID } from "node:crypto";
import {
  type ChartForm,
  type ChartNote,
  type ChartSpec,
  type Label,
  SCHEMA_METADATA,
} from "@b24kit/client/contract";
import { tableFromIPC } from "apache-arrow";
import type { ParameterValue } from "../../../platform/arrow/text-parameter.ts";
import type { Database } from "../../../platform/db/database.ts";
import { AppError } from "../../../platform/http/app-error.ts";
import type { ColumnInfo } from "../../../platform/queries/definition.ts";
import type { Charts } from "../charts.ts";
import { makeSpec } from "../form/make-spec.ts";
import { measureResult } from "../form/result-stats.ts";
import type { Accepted } from "../guard/check-sql.ts";
import type { ChartResult, ChartRunOptions } from "../run-chart-sql.ts";
import { insertResult } from "../store/answers.ts";
import type { Audience } from "./audience.ts";
import type { KeptRows, Rows } from "./kept-rows.ts";
import type { Prepared } from "./prepare.ts";

export interface DrawDeps {
  readonly db: Database;
  readonly charts: Charts;
  readonly rows: KeptRows;
  /** How often the sync has changed what a portal's views read, and when it last looked. */
  readonly freshness: (portalId: number) => Promise<Freshness>;
}

export interface Freshness {
  readonly version: string;
  readonly asOf: Date | null;
}

export interface Drawing {
  readonly spec: ChartSpec;
  /** Id by which the rows can be read. */
  readonly result: string;
}

export interface HowToDraw {
  readonly locale: "ru" | "en";
  readonly timeZone: string;
  readonly title: Label;
  readonly form: ChartForm | null;
  readonly notes: readonly ChartNote[];
  readonly source: ChartSpec["source"]["lane"];
  readonly signal: AbortSignal;
}

/** What can be run again by its id. */
export interface KeptStatement {
  readonly lane: "plan" | "sql";
  readonly text: string;
  readonly values: readonly ParameterValue[];
  readonly columns: readonly ColumnInfo[];
  readonly timeZone: string;
  readonly title: Label;
}

/** A chart is a picture: what has more rows is a table to be exported. */
export const MAX_ROWS = 100_000;

/** Runs what was prepared, or finds its rows, and chooses how they are drawn. @throws AppError as `Charts.runPlan`, `runSql` */
export async function specify(
  deps: DrawDeps,
  audience: Audience,
  prepared: Prepared,
  how: HowToDraw,
): Promise<{ spec: ChartSpec; rows: Rows }> {
  const { timeZone, title, signal } = how;
  const { asOf, ...found } = await readRows(deps, audience, prepared, timeZone, signal);
  const { rows, cache } = found;
  const { shape, statement, plan } = prepared;
  const table = tableFromIPC(rows.bytes);
  const stats = measureResult(shape, table.numRows, (field) => table.getChild(field) ?? []);
  const spec = makeSpec({
    ...{
      id: randomUUID(),
      title,
      locale: how.locale,
      timeZone,
      shape,
      columns: statement.columns,
      stats,
      plan,
      asked: how.form,
    },
    notes: [...prepared.notes, ...how.notes],
    source: {
      ...{ lane: how.source, plan, sql: prepared.sql, tables: [...prepared.tables] },
      ...{
        asOf: asOf?.toISOString() ?? null,
        rows: table.numRows,
        truncated: rows.truncated,
        ms: rows.ms,
        cache,
      },
    },
  });
  return { spec, rows };
}

/** As `specify`, and keeps how the rows can be read again. */
export async function draw(
  deps: DrawDeps,
  audience: Audience,
  prepared: Prepared,
  how: HowToDraw,
): Promise<Drawing> {
  const { spec } = await specify(deps, audience, prepared, how);
  const { portal, who } = audience;
  const statement: KeptStatement = { ...toKept(prepared), timeZone: how.timeZone, title: how.title };
  await insertResult(deps.db.pool, { id: spec.id, portalId: portal.id, who, statement });
  return { spec, result: spec.id };
}

function toKept({ lane, statement }: Prepared): Omit<KeptStatement, "timeZone" | "title"> {
  const values = "values" in statement ? (statement.values ?? []) : [];
  return { lane, text: statement.text, values, columns: statement.columns };
}

/** What a statement's rows are kept by: it changes when they may, and is known without reading them. */
export async function locateRows(
  deps: DrawDeps,
  { portal }: Audience,
  prepared: Pick<Prepared, "statement">,
  timeZone: string,
): Promise<{ key: string; asOf: Date | null }> {
  // Asked before the rows are read: what changes meanwhile makes a newer version.
  const [{ version, asOf }, { catalogue }] = await Promise.all([
    deps.freshness(portal.id),
    deps.charts.catalogue(portal.id),
  ]);
  const { text, ...rest } = prepared.statement;
  const values = "values" in rest ? rest.values : [];
  return { key: hash([portal.id, version, catalogue.version, timeZone, text, values]), asOf };
}

/** The rows of a statement: kept ones where the mirror has not changed since. */
export async function readRows(
  deps: DrawDeps,
  audience: Audience,
  prepared: Pick<Prepared, "lane" | "statement">,
  timeZone: string,
  signal: AbortSignal,
): Promise<{ rows: Rows; cache: "hit" | "miss"; asOf: Date | null }> {
  const { portal } = audience;
  const { key, asOf } = await locateRows(deps, audience, prepared, timeZone);
  const kept = deps.rows.get(key);
  if (kept) return { rows: kept, cache: "hit", asOf };
  const start = performance.now();
  const metadata = {
    [SCHEMA_METADATA.portal]: portal.url,
    ...(asOf && { [SCHEMA_METADATA.asOf]: asOf.toISOString() }),
  };
  const options = { maxRows: MAX_ROWS, timeZone, signal, metadata };
  const result = await runPrepared(deps.charts, portal.id, prepared, options);
  const bytes = new Uint8Array(await new Response(result.body).arrayBuffer());
  const { outcome, error, rows, truncated } = await result.finished;
  if (outcome !== "completed") throw error ?? new AppError("interrupted");
  const read = { bytes, rows, truncated, ms: Math.round(performance.now() - start) };
  deps.rows.put(key, read);
  return { rows: read, cache: "miss", asOf };
}

/** @throws AppError as `Charts.runPlan`, `runSql` */
export const runPrepared = (
  charts: Charts,
  portalId: number,
  { lane, statement }: Pick<Prepared, "lane" | "statement">,
  options: ChartRunOptions,
): Promise<ChartResult> =>
  lane === "plan"
    ? charts.runPlan(portalId, statement, options)
    : charts.runSql(portalId, statement as Accepted, options);

export function hash(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
