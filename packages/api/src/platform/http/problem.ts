import { ERRORS, type ErrorCode, type Problem } from "@b24kit/client/contract";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Failure } from "./app-error.ts";
import type { AppContext } from "./environment.ts";

export const PROBLEM_JSON = "application/problem+json";

/** The one shape in which a failure is answered, over HTTP and over the WebSocket. */
export function toProblem(failure: Failure, requestId: string): Problem {
  const [status, title, remedy] = ERRORS[failure.code];
  return {
    type: docsOf(failure.code),
    code: failure.code,
    title,
    status,
    detail: failure.detail,
    remedy,
    requestId,
  };
}

/** Where a code is explained: the documentation page has one anchor per code. */
export function docsOf(code: ErrorCode): string {
  return `/docs#${code}`;
}

/** HTTP answer of a failure; 401 names the scheme, as RFC 9110 asks. */
export function problemResponse(c: AppContext, failure: Failure): Response {
  const problem = toProblem(failure, c.var.requestId);
  c.set("errorCode", failure.code);
  c.header("Content-Type", PROBLEM_JSON);
  c.header("Cache-Control", "no-store");
  if (problem.status === 401) c.header("WWW-Authenticate", `Bearer realm="b24kit", error="${failure.code}"`);
  if (failure.retryAfter !== undefined)
    c.header("Retry-After", String(Math.max(1, Math.ceil(failure.retryAfter))));
  return c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode);
}
