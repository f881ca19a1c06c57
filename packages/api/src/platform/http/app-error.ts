import { ERRORS, type ErrorCode } from "@b24kit/client/contract";

/** A failure that the caller may be told about. `detail` is English, names the value at fault and holds no secret. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  /** Seconds after which a repetition makes sense; becomes the Retry-After header. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    detail: string = ERRORS[code][1],
    options: { retryAfter?: number; cause?: unknown } = {},
  ) {
    super(`${code}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = detail;
    this.retryAfter = options.retryAfter;
  }
}

/** What of an error may leave the process. */
export interface Failure {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly retryAfter?: number | undefined;
}

/** SQLSTATE classes and codes with which PostgreSQL says that it cannot serve now, and those of a socket to it. */
const databaseDown = /^(08...|53...|57P0[1-5]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;
/** The driver's own words, which carry no code. */
const connectionLost = /^(timeout exceeded when trying to connect|Connection terminated)/;
const queryCancelled = "57014";

/**
 * Reduces any thrown value to what a caller may see. Errors that carry a code of the closed list (AppError, a
 * portal's error) speak for themselves; everything else is `internal`, whose reason stays in the log.
 */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: "internal", detail: ERRORS.internal[1] };
  const { code, detail, retryAfter } = error as { code?: unknown; detail?: unknown; retryAfter?: number };
  if (typeof code === "string" && typeof detail === "string" && Object.hasOwn(ERRORS, code)) {
    return { code: code as ErrorCode, detail, retryAfter };
  }
  if (isDatabaseDown(error, code)) {
    return { code: "database_unavailable", detail: ERRORS.database_unavailable[1], retryAfter: 5 };
  }
  if (code === queryCancelled) return { code: "query_timeout", detail: ERRORS.query_timeout[1] };
  return { code: "internal", detail: ERRORS.internal[1] };
}

/** Raw socket errors come only from the database: a portal's are turned into coded ones where they happen. */
function isDatabaseDown(error: Error, code: unknown): boolean {
  return typeof code === "string" ? databaseDown.test(code) : connectionLost.test(error.message);
}
