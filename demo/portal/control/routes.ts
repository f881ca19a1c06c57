import { type Context, Hono } from "hono";
import * as z from "zod";
import { appRoutes } from "../apps/routes.ts";
import type { Portal } from "../portal.ts";
import { createControl } from "./control.ts";
import { entityInput } from "./inputs.ts";
import { readBody } from "./read-body.ts";

/** `/_emulator/*`: the portal's switches over HTTP. Bad input answers 400 and says which field it is. */
export function controlRoutes(portal: Portal): Hono {
  const control = createControl(portal);
  const app = new Hono();
  app.post("/seed", async (c) => c.json(control.seed(await readBody(c))));
  app.post("/reset", (c) => c.json(control.reset()));
  app.get("/stats", (c) => c.json(control.stats()));
  app.get("/faults", (c) => c.json(control.faults()));
  app.post("/faults", async (c) => c.json(control.addFault(await readBody(c))));
  app.delete("/faults", (c) => {
    control.clearFaults();
    return c.json([]);
  });
  app.get("/clock", (c) => c.json(control.clock()));
  app.post("/clock", async (c) => c.json(control.clock(await readBody(c))));
  app.post("/mutate", async (c) => c.json(control.mutate(await readBody(c))));
  app.get("/checksum", (c) => c.json(control.checksum(entityInput.parse(c.req.query("entity")))));
  app.get("/records", (c) => c.json(control.records(readRecordsQuery(c))));
  app.post("/webhooks", async (c) => c.json(control.createWebhook(await readBody(c))));
  app.delete("/webhooks/:code", (c) => {
    const revoked = control.revokeWebhook(c.req.param("code"));
    return c.json({ revoked }, revoked ? 200 : 404);
  });
  app.get("/limits", (c) => c.json(control.limits()));
  app.post("/limits", async (c) => c.json(control.limits(await readBody(c))));
  app.route("/", appRoutes(control.apps));
  app.all("*", (c) =>
    c.json({ error: "unknown_control", description: `${c.req.method} ${c.req.path}` }, 404),
  );
  app.onError((error, c) => {
    if (error instanceof z.ZodError)
      return c.json({ error: "bad_input", description: z.prettifyError(error) }, 400);
    return c.json({ error: "emulator_failed", description: error.message }, 500);
  });
  return app;
}

function readRecordsQuery(c: Context) {
  const { entity, ids, after, limit } = c.req.query();
  return {
    entity: entityInput.parse(entity),
    ...(ids ? { ids: ids.split(",").map(Number) } : {}),
    ...(after ? { after: Number(after) } : {}),
    ...(limit ? { limit: Number(limit) } : {}),
  };
}
