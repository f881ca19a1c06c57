import type { ErrorCode, Problem } from "../contract/errors.ts";

/** What can go wrong before the API answers, or instead of it. Titles and remedies as in the contract's list. */
export const CLIENT_ERRORS = {
  api_unreachable: [
    "The API does not answer",
    "Check the network and the address in base-url; ALLOWED_ORIGINS must name this page.",
  ],
  api_timeout: ["The API took too long", "Try again; if it stays slow, look at the server's log."],
  api_answer_invalid: [
    "The answer did not come from b24kit",
    "Check base-url and any proxy between the page and the API.",
  ],
  api_answer_broken: [
    "The answer broke off before its end",
    "Try again; if it breaks again, look at the server's log.",
  ],
  token_unavailable: [
    "The page could not get a token",
    "Check the address in token-url, or what getToken returns.",
  ],
  sign_in_refused: [
    "The e-mail or the password is wrong",
    "Check both; the detail says what the service said.",
  ],
  sign_in_unavailable: ["The sign-in service does not answer", "Check SUPABASE_URL and SUPABASE_KEY."],
} as const satisfies Record<string, readonly [title: string, remedy: string]>;

export type ClientErrorCode = keyof typeof CLIENT_ERRORS;

/** Every code that an error of this package may carry. */
export type AnyErrorCode = ErrorCode | ClientErrorCode;

interface Report {
  code: AnyErrorCode;
  title: string;
  detail: string;
  remedy: string;
}

/** Base of all errors of this package. `message` is English, for logs; elements show `code` in the page's language. */
export abstract class B24Error extends Error {
  readonly code: AnyErrorCode;
  readonly title: string;
  readonly detail: string;
  /** What the reader can do about it. */
  readonly remedy: string;

  constructor(report: Report, options?: ErrorOptions) {
    super(report.detail ? `${report.title}: ${report.detail}` : report.title, options);
    this.name = new.target.name;
    this.code = report.code;
    this.title = report.title;
    this.detail = report.detail;
    this.remedy = report.remedy;
  }
}

/** The API was not reached, or what answered was not it. */
export class ConnectionError extends B24Error {
  declare readonly code: ClientErrorCode;

  constructor(code: ClientErrorCode, detail: string, options?: ErrorOptions) {
    const [title, remedy] = CLIENT_ERRORS[code];
    super({ code, title, detail, remedy }, options);
  }
}

/** The API answered with a problem. Subclasses by status; `retryAfter` in seconds where the answer named it. */
export class ApiError extends B24Error {
  declare readonly code: ErrorCode;
  readonly status: number;
  readonly requestId: string;
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem);
    this.status = problem.status;
    this.requestId = problem.requestId;
    this.retryAfter = retryAfter;
  }
}

/** 400, 406, 413, 422: the request itself is wrong. */
export class InvalidRequestError extends ApiError {}
/** 401: no valid credential. */
export class UnauthenticatedError extends ApiError {}
/** 403: the credential lacks a right, or the page may not use this API. */
export class ForbiddenError extends ApiError {}
/** 404: no such thing. */
export class NotFoundError extends ApiError {}
/** 409: the state of things does not allow it now. */
export class ConflictError extends ApiError {}
/** 429: this caller asked too often. */
export class TooManyRequestsError extends ApiError {}
/** 5xx: our server or the portal behind it. */
export class ServerError extends ApiError {}

const BY_STATUS: Record<number, typeof ApiError> = {
  401: UnauthenticatedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  429: TooManyRequestsError,
};

/** The error class of a problem's status. */
export function toApiError(problem: Problem, retryAfter?: number): ApiError {
  const Class = BY_STATUS[problem.status] ?? (problem.status >= 500 ? ServerError : InvalidRequestError);
  return new Class(problem, retryAfter);
}

/** Whether a value parsed from JSON is a problem of our API. */
export function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  const { code, title, status, detail } = value as Partial<Problem>;
  return (
    typeof code === "string" &&
    typeof title === "string" &&
    typeof status === "number" &&
    typeof detail === "string"
  );
}
