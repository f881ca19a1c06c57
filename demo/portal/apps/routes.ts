import { type Context, Hono } from "hono";
import { readBody } from "../control/read-body.ts";
import type { AppControl } from "./control.ts";

/** `/_emulator/apps` and `/_emulator/app-settings`: the application card without its page. */
export function appRoutes(control: AppControl): Hono {
  const app = new Hono();
  app.get("/apps", (c) => c.json(control.list()));
  app.post("/apps", async (c) => c.json(control.create(await readBody(c)), 201));
  app.get("/apps/:id", (c) => found(c, control.get(idOf(c))));
  app.patch("/apps/:id", async (c) => found(c, control.change(idOf(c), await readBody(c))));
  app.get("/app-settings", (c) => c.json(control.settings()));
  app.post("/app-settings", async (c) => c.json(control.settings(await readBody(c))));
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
