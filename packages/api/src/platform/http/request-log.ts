import type { MiddlewareHandler } from "hono";
import { callerName } from "../auth/caller.ts";
import type { Logger } from "../log/logger.ts";
import type { AppEnv } from "./environment.ts";

/** What one finished request was, for the log and the metrics. */
export interface RequestSummary {
  readonly method: string;
  /** Template of the endpoint, or `other`: bounded, so that it can label a metric. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** One line per request; the address itself is not logged, since a query may carry what belongs to nobody's log. */
export function requestLog(
  log: Logger,
  observe: (summary: RequestSummary) => void,
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const start = performance.now();
    await next();
    const milliseconds = Math.round(performance.now() - start);
    const { caller, errorCode, requestId } = c.var;
    const summary = {
      method: c.req.method,
      route: c.var.route ?? "other",
      status: c.res.status,
      milliseconds,
    };
    observe(summary);
    const line = {
      requestId,
      ...summary,
      path: c.var.route ? undefined : c.req.path.slice(0, 120),
      caller: caller && callerName(caller),
      error: errorCode,
    };
    log[levelOf(summary, c.var.frequent ?? false)](line, "request");
  };
}

/** What an operator has to see at once, what hints at an attack or a misconfigured page, the rest, and probes. */
function levelOf({ route, status }: RequestSummary, frequent: boolean): "debug" | "info" | "warn" | "error" {
  if (status >= 500) return "error";
  if (status === 403 || status === 429) return "warn";
  return route === "/health" || route === "/metrics" || (frequent && status < 400) ? "debug" : "info";
}
