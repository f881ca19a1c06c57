import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import type { Logger } from "../log/logger.ts";
import { AppError } from "./app-error.ts";
import { type App, type AppEnv, type Authenticate, newApp } from "./environment.ts";
import { onError, onNotFound } from "./on-error.ts";
import { documentSecurity } from "./openapi.ts";
import { allowOrigins, type Origins } from "./origins.ts";
import { type RequestSummary, requestLog } from "./request-log.ts";
import { securityHeaders } from "./security-headers.ts";

export interface ShellOptions {
  readonly log: Logger;
  readonly authenticate: Authenticate;
  readonly origins: Origins;
  /** This server's address as browsers see it, where it was told. */
  readonly publicUrl?: string | undefined;
  /** Compare answers with the contract before they leave. */
  readonly checkAnswers?: boolean | undefined;
  /** Addresses that mean another one of this app. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly observe?: (request: RequestSummary) => void;
}

const MAX_BODY_BYTES = 1024 * 1024;

/** What every request passes before and after its endpoint; the endpoints are mounted onto it. */
export function createShell(options: ShellOptions): App {
  const { log, origins } = options;
  const app = newApp(options.aliases);
  app.onError(onError(log));
  app.notFound(onNotFound);
  app.use(requestId({ limitLength: 64 }));
  app.use(requestLog(log, options.observe ?? (() => {})));
  app.use(securityHeaders(options.publicUrl));
  app.use(async (c, next) => {
    c.set("authenticate", options.authenticate);
    c.set("checkAnswers", options.checkAnswers ?? false);
    await next();
  });
  app.use("/api/*", allowOrigins(origins));
  app.use("/health", allowOrigins(origins));
  app.use(limitBody());
  documentSecurity(app);
  return app;
}

/** A length that the sender tells is enough to judge by; looking into the body would cost a storm of small ones most. */
function limitBody(): MiddlewareHandler<AppEnv> {
  const byReading = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge });
  return (c, next) => {
    const length = c.req.header("Content-Length");
    if (length === undefined || c.req.header("Transfer-Encoding")) return byReading(c, next);
    return Number(length) > MAX_BODY_BYTES ? tooLarge() : next();
  };
}

function tooLarge(): never {
  throw new AppError("payload_too_large", `The body may have at most ${MAX_BODY_BYTES} bytes.`);
}
