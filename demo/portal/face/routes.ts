import { Hono } from "hono";
import type { Portal } from "../portal.ts";
import { answerStageStyles } from "./answer-page.ts";
import { answerAsset } from "./assets.ts";
import { crmRoutes } from "./crm/routes.ts";
import { devopsRoutes } from "./devops/routes.ts";
import { applicationPageRoutes } from "./frame/page-routes.ts";
import { frameRoutes } from "./frame/routes.ts";
import { properAddress } from "./session.ts";

/** The pages that a person sees at the portal's address. */
export function faceRoutes(portal: Portal): Hono {
  const app = new Hono({ strict: false });
  app.use(async (c, next) => {
    const proper = c.req.method === "GET" ? properAddress(portal, c) : null;
    return proper === null ? next() : c.redirect(proper);
  });
  app.get("/face/stages.css", () => answerStageStyles(portal));
  app.get("/face/:name", (c) => answerAsset(c.req.param("name")) ?? c.notFound());
  app.route("/devops", devopsRoutes(portal));
  app.route("/frame", frameRoutes(portal));
  app.route("/marketplace", applicationPageRoutes(portal));
  app.route("/", crmRoutes(portal));
  return app;
}
