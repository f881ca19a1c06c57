import { Hono } from "hono";
import { controlRoutes } from "./control/routes.ts";
import type { Portal } from "./portal.ts";
import { jsonAnswer, preflight } from "./rest/http-answer.ts";
import { answerRest } from "./rest/transport.ts";

/** The HTTP face of one portal: its REST interface, and the switches that no real portal has. */
export function createPortalApp(portal: Portal): Hono {
  const app = new Hono({ strict: false });
  app.options("/rest/*", preflight);
  app.all("/rest/*", (c) => answerRest(portal, c));
  app.all("/rest", (c) => answerRest(portal, c));
  app.route("/_emulator", controlRoutes(portal));
  // Doubled slashes in front: the router does not know them, the portal does not mind.
  app.notFound((c) =>
    /^\/+rest(\/|$)/.test(c.req.path) ? answerRest(portal, c) : c.text("Not found\n", 404),
  );
  app.onError((error) => {
    portal.stats.crashed++;
    return jsonAnswer({ error: "INTERNAL_SERVER_ERROR", error_description: error.message }, 500);
  });
  app.get("/", (c) => c.text(`Bitrix24 portal emulator "${portal.name}"\n`));
  return app;
}
