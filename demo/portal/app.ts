import { Hono } from "hono";
import { controlRoutes } from "./control/routes.ts";
import type { Portal } from "./portal.ts";
import { preflight } from "./rest/http-answer.ts";
import { answerRest } from "./rest/transport.ts";

/** The HTTP face of one portal: its REST interface, and the switches that no real portal has. */
export function createPortalApp(portal: Portal): Hono {
  const app = new Hono({ strict: false });
  app.options("/rest/*", preflight);
  app.all("/rest/*", (c) => answerRest(portal, c));
  app.all("/rest", (c) => answerRest(portal, c));
  app.route("/_emulator", controlRoutes(portal));
  app.get("/", (c) => c.text(`Bitrix24 portal emulator "${portal.name}"\n`));
  return app;
}
