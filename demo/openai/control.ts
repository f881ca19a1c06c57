import { type Context, Hono } from "hono";
import * as z from "zod";
import { Fault } from "./faults.ts";
import type { Model } from "./model.ts";
import { Script } from "./script.ts";

/** `/_emulator/*`: the model's switches. */
export function controlRoutes(model: Model): Hono {
  const app = new Hono();
  app.get("/stats", (c) => c.json(model.stats()));
  app.get("/requests", (c) => c.json(model.requests()));
  app.get("/faults", (c) => c.json(model.faults.list()));
  app.post("/faults", async (c) => {
    model.faults.add(Fault.parse(await readJson(c)));
    return c.json(model.faults.list());
  });
  app.delete("/faults", (c) => {
    model.faults.clear();
    return c.json([]);
  });
  app.post("/script", async (c) => {
    model.script.add(Script.parse(await readJson(c)));
    return c.json(model.stats());
  });
  app.post("/reset", (c) => {
    model.reset();
    return c.json(model.stats());
  });
  app.all("*", (c) =>
    c.json({ error: "unknown_control", description: `${c.req.method} ${c.req.path}` }, 404),
  );
  app.onError((error, c) =>
    error instanceof z.ZodError || error instanceof SyntaxError
      ? c.json(
          {
            error: "bad_input",
            description: error instanceof z.ZodError ? z.prettifyError(error) : error.message,
          },
          400,
        )
      : c.json({ error: "emulator_failed", description: error.message }, 500),
  );
  return app;
}

async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text();
  return text.trim() === "" ? {} : JSON.parse(text);
}
