import { HTTPException } from "hono/http-exception";
import type { Logger } from "../log/logger.ts";
import { type Failure, toFailure } from "./app-error.ts";
import type { AppContext } from "./environment.ts";
import { problemResponse } from "./problem.ts";

/** The one place where a thrown error becomes an answer. Whole errors go to the log, codes to the caller. */
export function onError(log: Logger): (error: Error, c: AppContext) => Response {
  return (error, c) => {
    const failure = fromHono(error) ?? toFailure(error);
    if (failure.code === "internal")
      log.error({ err: error, requestId: c.var.requestId, route: c.var.route }, "request failed");
    return problemResponse(c, failure);
  };
}

/** Hono's own exceptions come from malformed requests before any handler ran. */
function fromHono(error: Error): Failure | null {
  if (!(error instanceof HTTPException) || error.status >= 500) return null;
  return { code: "bad_request", detail: error.message || "The request is malformed." };
}

export function onNotFound(c: AppContext): Response {
  return problemResponse(c, {
    code: "not_found",
    detail: `Nothing answers ${c.req.method} ${c.req.path.slice(0, 200)}.`,
  });
}
