import { type Context, Hono } from "hono";
import * as z from "zod";
import type { Portal } from "../../portal.ts";
import { RestError } from "../../rest/error.ts";
import { isOwnRequest } from "../session.ts";
import { answerCommand } from "./commands.ts";
import { openFrame } from "./open.ts";
import { pickPeople, pickRecords } from "./pick.ts";

/** What the script of a page asks the portal in the name of the frames that it holds. */
export function frameRoutes(portal: Portal): Hono {
  const app = new Hono({ strict: false });
  app.use(async (c, next) => {
    c.header("cache-control", "no-store");
    return isOwnRequest(c) ? next() : c.json({ fault: "foreign" }, 403);
  });
  app.post("/open", async (c) => c.json(openFrame(portal, c, await c.req.json())));
  app.post("/:sid/:command", async (c) => {
    const { sid, command } = c.req.param();
    const result = answerCommand(portal, sid, command, await c.req.json());
    return c.json(result === undefined ? {} : { result });
  });
  app.get("/people", (c) => c.json(pickPeople(portal, words(c))));
  app.get("/records", (c) => c.json(pickRecords(portal, kinds(c), words(c))));
  app.onError((error, c) => {
    const ours = error instanceof z.ZodError || error instanceof SyntaxError || error instanceof RestError;
    return c.json({ fault: ours ? error.message : "failed" }, ours ? 400 : 500);
  });
  return app;
}

const words = (c: Context) => (c.req.query("q") ?? "").slice(0, 200);
const kinds = (c: Context) => (c.req.query("kinds") ?? "").split(",").filter(Boolean);
