import { getHealth } from "@b24kit/client/contract";
import { bodyLimit } from "hono/body-limit";
import { requestId } from "hono/request-id";
import type { Database } from "./platform/db/database.ts";
import { AppError } from "./platform/http/app-error.ts";
import { type App, type Authenticate, newApp } from "./platform/http/environment.ts";
import { mount } from "./platform/http/mount.ts";
import { onError, onNotFound } from "./platform/http/on-error.ts";
import { documentSecurity, openApiDocument } from "./platform/http/openapi.ts";
import { requestLog } from "./platform/http/request-log.ts";
import type { Logger } from "./platform/log/logger.ts";

export interface AppDeps {
  readonly db: Database;
  readonly log: Logger;
  readonly version: string;
  readonly authenticate: Authenticate;
  readonly checkAnswers?: boolean;
}

const MAX_BODY_BYTES = 1024 * 1024;

export function createApp(deps: AppDeps): App {
  const app = newApp();
  app.onError(onError(deps.log));
  app.notFound(onNotFound);
  app.use(requestId({ limitLength: 64 }));
  app.use(requestLog(deps.log, () => {}));
  app.use(async (c, next) => {
    c.set("authenticate", deps.authenticate);
    c.set("checkAnswers", deps.checkAnswers ?? false);
    await next();
  });
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new AppError("payload_too_large", `The body may have at most ${MAX_BODY_BYTES} bytes.`);
      },
    }),
  );
  documentSecurity(app);
  mount(app, getHealth, () => health(deps));
  app.get("/openapi.json", (c) => c.json(openApiDocument(app, { version: deps.version, url: "/" })));
  return app;
}

async function health(deps: AppDeps) {
  try {
    await deps.db.pool.query("SELECT 1");
    return { status: "ok" as const, database: "ok" as const, version: deps.version };
  } catch {
    return { status: "degraded" as const, database: "unavailable" as const, version: deps.version };
  }
}
