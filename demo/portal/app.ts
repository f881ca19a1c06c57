import { Hono } from "hono";
import { controlRoutes } from "./control/routes.ts";
import { faceRoutes } from "./face/routes.ts";
import { oauthRoutes } from "./oauth/routes.ts";
import type { Portal } from "./portal.ts";
import { jsonAnswer, preflight } from "./rest/http-answer.ts";
import { answerRest } from "./rest/transport.ts";

/** The HTTP face of one portal: its REST interface, and the switches that no real portal has. */
export function createPortalApp(portal: Portal): Hono {
  const app = new Hono({ strict: false });
  // A renamed portal sends whoever knows its old name to the new one; its switches stay where they are.
  app.use(async (c, next) => {
    const { host, pathname, search } = new URL(c.req.url);
    if (!portal.address.isFormer(host) || pathname.startsWith("/_emulator")) return next();
    return c.redirect(portal.address.url + pathname + search, 302);
  });
  app.options("/rest/*", preflight);
  app.all("/rest/*", (c) => answerRest(portal, c));
  app.all("/rest", (c) => answerRest(portal, c));
  app.route("/oauth", oauthRoutes(portal));
  app.route("/_emulator", controlRoutes(portal));
  // Doubled slashes in front: the router does not know them, the portal does not mind.
  app.notFound((c) =>
    /^\/+rest(\/|$)/.test(c.req.path) ? answerRest(portal, c) : c.text("Not found\n", 404),
  );
  app.onError((error) => {
    portal.stats.crashed++;
    return jsonAnswer({ error: "INTERNAL_SERVER_ERROR", error_description: error.message }, 500);
  });
  app.route("/", faceRoutes(portal));
  return app;
}
