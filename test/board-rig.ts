import { askRoutes } from "../packages/api/src/features/charts/ask-routes.ts";
import { createAsking } from "../packages/api/src/features/charts/asking.ts";
import { boardRoutes } from "../packages/api/src/features/charts/board-routes.ts";
import { createBoards } from "../packages/api/src/features/charts/boards.ts";
import { chartSettings } from "../packages/api/src/features/charts/chart-settings.ts";
import type { DrawPicture } from "../packages/api/src/features/charts/deps.ts";
import { pictureRoutes } from "../packages/api/src/features/charts/picture-routes.ts";
import { createPictures } from "../packages/api/src/features/charts/pictures.ts";
import { savedQueries } from "../packages/api/src/features/charts/saved-queries.ts";
import { createAi } from "../packages/api/src/platform/ai/ai.ts";
import { createPageTokens } from "../packages/api/src/platform/auth/page-token.ts";
import { type App, newApp } from "../packages/api/src/platform/http/environment.ts";
import { onError } from "../packages/api/src/platform/http/on-error.ts";
import { securityHeaders } from "../packages/api/src/platform/http/security-headers.ts";
import { createLogger } from "../packages/api/src/platform/log/logger.ts";
import { createQueryRegistry } from "../packages/api/src/platform/queries/registry.ts";
import { queryRoutes } from "../packages/api/src/platform/queries/routes.ts";
import type { ChartRig } from "./chart-rig.ts";

const SECRET = "a secret key of the tests only, long";

/** Charts over HTTP without a server: an administrator, or whoever's token comes along. Pictures by `draw`. */
export function openBoardApp(rig: ChartRig, now: () => number, draw: DrawPicture): App {
  const { charts, portals, db } = rig;
  const log = createLogger({ level: "silent", form: "plain" });
  const pageTokens = createPageTokens(SECRET, now);
  const ai = createAi({ db, log, settings: { apiKey: undefined, baseUrl: undefined, model: "none" } });
  const asking = createAsking({ db, log, ai, charts, freshness: rig.sync.freshness, now });
  const boards = createBoards({
    ...{ db, pageTokens, portals, check: asking.check, now },
    ...{ secretKeys: [SECRET], baseUrl: "https://b24.example" },
  });
  const app = newApp();
  app.onError(onError(log));
  app.use(securityHeaders(undefined));
  app.use(async (c, next) => {
    c.set("requestId", "r-1");
    c.set("checkAnswers", true);
    c.set("authenticate", async () => {
      const token = c.req.header("Authorization")?.slice(7);
      if (token) return pageTokens.verify(token);
      return {
        kind: "key",
        subject: "test",
        rights: new Set(["data:read", "admin"] as const),
        portals: "all",
      };
    });
    await next();
  });
  askRoutes(app, { asking, boards, settings: chartSettings({ db, ai, charts }), log, now });
  boardRoutes(app, boards, asking);
  pictureRoutes(app, boards, createPictures({ asking, draw, now }), now);
  const registry = createQueryRegistry([]);
  const rest = { pool: db.pool, resolvePortal: portals.resolve, now: () => new Date(now()) };
  queryRoutes({ ...rest, made: savedQueries(boards, asking), registry, statementTimeoutMs: 5_000 })(app);
  return app;
}
