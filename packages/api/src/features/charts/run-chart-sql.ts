import type pg from "pg";
import type { ColumnInfo } from "../../platform/arrow/column-plan.ts";
import type { Encoding } from "../../platform/arrow/encoder.ts";
import { type ArrowResult, type StreamRequest, streamQuery } from "../../platform/arrow/stream-query.ts";
import type { ParameterValue } from "../../platform/arrow/text-parameter.ts";
import { AppError } from "../../platform/http/app-error.ts";
import { type Estimate, passGate } from "./explain-gate.ts";

/** What is to be run: a compiled plan with its parameters, or a text that the guard let through. */
export interface ChartStatement {
  readonly text: string;
  readonly values?: readonly ParameterValue[];
  readonly columns: readonly ColumnInfo[];
}

export interface ChartRunOptions {
  /** More rows do not leave the server; `finished.truncated` tells whether there were more. */
  readonly maxRows: number;
  readonly timeoutMs?: number;
  /** IANA name, e.g. `Europe/Moscow`: where days and months begin. The portal's own where absent. */
  readonly timeZone?: string | undefined;
  readonly encoding?: Encoding;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

export interface ChartResult extends ArrowResult {
  readonly estimate: Estimate;
}

export interface ChartDatabase {
  readonly pool: pg.Pool;
  readonly schema: string;
  readonly offsetMinutes: number;
}

const TIMEOUT_MS = 5_000;

/**
 * Runs a statement over the chart views in a read-only transaction with limits of its own, after PostgreSQL was asked
 * how much work it is. Rows travel from the socket to Arrow as everywhere else.
 * @throws AppError query_too_heavy, sql_invalid, query_timeout, database_unavailable
 */
export async function runChartSql(
  { pool, schema, offsetMinutes }: ChartDatabase,
  { text, values = [], columns }: ChartStatement,
  options: ChartRunOptions,
): Promise<ChartResult> {
  const { maxRows, timeoutMs = TIMEOUT_MS, encoding, metadata, signal } = options;
  const limits: StreamRequest["limits"] = {
    statementTimeoutMs: timeoutMs,
    maxRows,
    settings: {
      ...{ search_path: schema, lock_timeout: "500ms", work_mem: "16MB", jit: "off" },
      max_parallel_workers_per_gather: "0",
      TimeZone: timeZone(options.timeZone, offsetMinutes),
    },
  };
  try {
    signal?.throwIfAborted();
    const estimate = await passGate(pool, text, values, limits);
    const rest = { ...(encoding && { encoding }), ...(metadata && { metadata }), ...(signal && { signal }) };
    return { ...(await streamQuery(pool, { text, values, columns, limits, ...rest })), estimate };
  } catch (error) {
    throw inOurWords(error);
  }
}

/** A zone's name as it was given, if it is one; else the portal's distance from UTC, as PostgreSQL takes it. */
function timeZone(name: string | undefined, offsetMinutes: number): string {
  if (name !== undefined && /^[A-Za-z]+(?:\/[A-Za-z0-9_+-]+){0,2}$/.test(name)) return name;
  const sign = offsetMinutes < 0 ? "-" : "+";
  const [hours, minutes] = [Math.trunc(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const clock = `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  // POSIX counts the other way round.
  return `<${sign}${clock}>${sign === "+" ? "-" : "+"}${clock}`;
}

/** What the database says of a statement that it could plan may quote rows, so only its class is told. */
const ON_DATA: Readonly<Record<string, string>> = {
  "22012": "it divides by zero; put nullif(…, 0) around the divisor",
  "22003": "a number grew out of its type's range",
  "22P02": "a text was read as a number or a date, and is none",
  "22007": "a text was read as a date, and is none",
  "22008": "a date is out of range",
  "21000": "a subquery that stands for one value has several rows",
};

function inOurWords(error: unknown): unknown {
  const coded = error as {
    code?: string;
    message?: string;
    position?: string;
    cause?: { sqlState?: string };
  };
  const sqlState = coded.cause?.sqlState ?? coded.code ?? "";
  if (/^(53[24]00|54...)$/.test(sqlState))
    return new AppError("query_too_heavy", "The question needs too much memory; aggregate or filter.", {
      cause: error,
    });
  if (ON_DATA[sqlState])
    return new AppError("sql_invalid", `The statement fails: ${ON_DATA[sqlState]}.`, { cause: error });
  if (error instanceof AppError) return error;
  // Planning reads no rows: what it complains about is the statement.
  if (/^42/.test(sqlState))
    return new AppError("sql_invalid", `The statement fails: ${(coded.message ?? "").slice(0, 200)}.`, {
      cause: error,
    });
  return error;
}
