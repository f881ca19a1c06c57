import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { toChunks, toCompletion } from "./completion.ts";
import { controlRoutes } from "./control.ts";
import { Dropped, MODELS, type Model } from "./model.ts";
import { Refusal, refuse } from "./refusal.ts";

type Env = { Bindings: HttpBindings };

/** The service's HTTP face (`/v1/…`), and the switches that the real one does not have. */
export function createModelApp(model: Model): Hono<Env> {
  const app = new Hono<Env>();
  app.use("/v1/*", async (c, next) => {
    requireKey(c);
    c.header("x-request-id", crypto.randomUUID());
    await next();
  });
  app.get("/v1/models", (c) => c.json({ object: "list", data: MODELS.map(describe) }));
  app.get("/v1/models/:id", (c) => {
    const id = c.req.param("id");
    return MODELS.includes(id)
      ? c.json(describe(id))
      : refuse(404, { message: `The model '${id}' does not exist.` });
  });
  app.post("/v1/chat/completions", (c) => complete(model, c));
  app.route("/_emulator", controlRoutes(model));
  app.notFound((c) => c.json({ error: { message: `Unknown request URL: ${c.req.path}` } }, 404));
  app.onError((error, c) => {
    if (error instanceof Dropped || error.name === "AbortError") {
      c.env.incoming.socket.destroy();
      return c.body(null);
    }
    if (!(error instanceof Refusal))
      return c.json({ error: { message: error.message, type: "server_error" } }, 500);
    for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
    return c.json(error.body, error.status as 400);
  });
  return app;
}

/** Any key will do but one that says of itself that it is not good. */
function requireKey(c: Context): void {
  const key = /^Bearer (\S+)$/.exec(c.req.header("Authorization") ?? "")?.[1];
  if (!key) refuse(401, { message: "You didn't provide an API key." });
  if (key.startsWith("sk-invalid"))
    refuse(401, { message: "Incorrect API key provided.", code: "invalid_api_key" });
}

const describe = (id: string) => ({
  id,
  object: "model",
  created: 1_700_000_000,
  owned_by: "b24kit-demo-script",
});

async function complete(model: Model, c: Context<Env>): Promise<Response> {
  const body = await c.req.json().catch(() => refuse(400, { message: "We could not parse the JSON body." }));
  const { request, said, usage, head } = await model.complete(body, c.req.raw.signal);
  if (!request.stream) return c.json(toCompletion(head, said, usage));
  return streamSSE(c, async (stream) => {
    for (const chunk of toChunks(head, said, request.stream_options?.include_usage ? usage : null))
      await stream.writeSSE({ data: JSON.stringify(chunk) });
    await stream.writeSSE({ data: "[DONE]" });
  });
}
