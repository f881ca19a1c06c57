import { type Context, Hono } from "hono";
import { readBody } from "../control/read-body.ts";
import type { AppControl } from "./control.ts";

/** The part of `/_emulator/` about applications: their cards without the page, and what goes out to handlers. */
export function appRoutes(control: AppControl): Hono {
  const app = new Hono();
  app.get("/apps", (c) => c.json(control.list()));
  app.post("/apps", async (c) => c.json(control.create(await readBody(c)), 201));
  app.get("/apps/:id", (c) => found(c, control.get(idOf(c))));
  app.patch("/apps/:id", async (c) => found(c, control.change(idOf(c), await readBody(c))));
  app.delete("/apps/:id", (c) => {
    return removed(c, control.remove(idOf(c), { clean: c.req.query("clean") === "1" }));
  });
  app.post("/apps/:id/install", (c) => found(c, control.reinstall(idOf(c))));
  app.post("/apps/:id/install-finish", (c) => found(c, control.finishInstall(idOf(c))));
  app.post("/apps/:id/fire", async (c) => found(c, control.fire(idOf(c), await readBody(c))));
  app.get("/apps/:id/bindings", (c) => found(c, control.bindings(idOf(c))));
  app.get("/app-settings", (c) => c.json(control.settings()));
  app.post("/app-settings", async (c) => c.json(control.settings(await readBody(c))));
  app.get("/outgoing-webhooks", (c) => c.json(control.outgoingWebhooks()));
  app.post("/outgoing-webhooks", async (c) => c.json(control.addOutgoingWebhook(await readBody(c)), 201));
  app.delete("/outgoing-webhooks/:id", (c) => removed(c, control.removeOutgoingWebhook(Number(idOf(c)))));
  app.get("/robots", (c) => c.json(control.robotRules()));
  app.post("/robots", async (c) => c.json(control.addRobotRule(await readBody(c)), 201));
  app.delete("/robots/:id", (c) => removed(c, control.removeRobotRule(Number(idOf(c)))));
  app.get("/robots/runs", (c) => c.json(control.robotRuns()));
  app.get("/deliveries", (c) => c.json(control.deliveries()));
  app.post("/deliveries/settled", async (c) => {
    await control.settled();
    return c.json(control.deliveries());
  });
  app.get("/address", (c) => c.json(control.rename()));
  app.post("/address", async (c) => c.json(control.rename(await readBody(c))));
  return app;
}

/** Applications are called by their number or their client_id. */
function idOf(c: Context): number | string {
  const id = c.req.param("id") ?? "";
  return /^\d+$/.test(id) ? Number(id) : id;
}

function found(c: Context, answer: object | undefined): Response {
  return answer === undefined ? c.json({ error: "not_found", description: c.req.path }, 404) : c.json(answer);
}

function removed(c: Context, done: boolean): Response {
  return c.json({ removed: done }, done ? 200 : 404);
}
