import type { ErrorCode } from "@b24kit/client/contract";
import { AppError } from "../http/app-error.ts";
import type { WireError } from "./wire.ts";

/** SQLSTATEs with which PostgreSQL says that it cannot serve now. */
const UNAVAILABLE = /^(08|53|57P0)/;
const CANCELLED = "57014";
const LOCK_TIMEOUT = "55P03";
const IDLE_TIMEOUT = "25P03";

/** PostgreSQL's refusal in our words; its own words may quote data, so they stay in `cause`, for the log. */
export function queryError(error: WireError): AppError {
  const cause = Object.assign(new Error(error.message), { sqlState: error.sqlState });
  const code = codeOf(error.sqlState);
  return new AppError(code, detailOf(code, error.sqlState), { cause });
}

function codeOf(sqlState: string): ErrorCode {
  if (sqlState === CANCELLED || sqlState === LOCK_TIMEOUT || sqlState === IDLE_TIMEOUT)
    return "query_timeout";
  return UNAVAILABLE.test(sqlState) ? "database_unavailable" : "internal";
}

function detailOf(code: ErrorCode, sqlState: string): string {
  if (code === "query_timeout") return "The database stopped the query at its time limit.";
  if (code === "database_unavailable") return `The database cannot serve now (SQLSTATE ${sqlState}).`;
  return `The database refused the query (SQLSTATE ${sqlState}).`;
}

/** The connection could not be had or was lost. */
export function databaseUnavailable(cause: unknown): AppError {
  return new AppError("database_unavailable", "The connection to the database failed.", {
    cause,
    retryAfter: 5,
  });
}
