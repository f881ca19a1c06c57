import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import type { Logger } from "../log/logger.ts";
import { AppError } from "./app-error.ts";
import { type App, type Authenticate, newApp } from "./environment.ts";
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
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }));
  documentSecurity(app);
  return app;
}

function tooLarge(): never {
  throw new AppError("payload_too_large", `The body may have at most ${MAX_BODY_BYTES} bytes.`);
}
