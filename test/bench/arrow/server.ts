import { readFileSync, writeFileSync } from "node:fs";
import { serve } from "@hono/node-server";
import pg from "pg";
import { z } from "zod";
import { type App, newApp } from "../../../packages/api/src/platform/http/environment.ts";
import { defineQuery } from "../../../packages/api/src/platform/queries/definition.ts";
import { createQueryRegistry } from "../../../packages/api/src/platform/queries/registry.ts";
import { queryRoutes } from "../../../packages/api/src/platform/queries/routes.ts";
import { discardRows } from "./floor.ts";
import { type ServerUsage, selectRows } from "./protocol.ts";
import { arrowOfCursor, jsonOfArrays, jsonOfDatabase, jsonOfRows } from "./rivals.ts";

const label = { ru: "Замер", en: "Bench" };
const bench = defineQuery({
  name: "bench",
  title: label,
  description: label,
  parameters: z.object({}),
  defaultLimit: 1,
  maxLimit: 100_000_000,
  build: ({ limit }) => ({ text: selectRows, values: [limit], columns: [] }),
});

const pool = new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: 2 });
const app = newApp();
serveProduct(app);
serveRivals(app);
const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
  process.send!({ port }),
);

/** The product's own route, with everything but the credential check. */
function serveProduct(to: App): void {
  to.use(async (c, next) => {
    c.set("authenticate", async () => ({
      kind: "key",
      subject: "bench",
      rights: new Set(["admin"] as const),
      portals: "all",
    }));
    await next();
  });
  queryRoutes({
    registry: createQueryRegistry([bench]),
    pool,
    resolvePortal: async () => ({ id: 1, schema: "crm", url: "https://bench.invalid" }),
    now: () => new Date(),
    statementTimeoutMs: 120_000,
  })(to);
}

function serveRivals(to: App): void {
  const limitOf = (limit: string | undefined) => Number(limit);
  const json = { "Content-Type": "application/json" };
  to.get("/a", async (c) => c.body(await jsonOfRows(pool, limitOf(c.req.query("limit"))), 200, json));
  to.get("/a2", async (c) => c.body(await jsonOfDatabase(pool, limitOf(c.req.query("limit"))), 200, json));
  to.get("/a3", async (c) => c.body(await jsonOfArrays(pool, limitOf(c.req.query("limit"))), 200, json));
  to.get("/c1", (c) => c.body(arrowOfCursor(pool, limitOf(c.req.query("limit")))));
  to.get("/f3", async (c) => c.body(String(await discardRows(pool, limitOf(c.req.query("limit"))))));
}

let cpu = process.cpuUsage();
/** The least that was ever resident between two runs: what the process weighs by itself. */
let base = Number.POSITIVE_INFINITY;
process.on("message", (message) => {
  if (message === "reset" || message === "tidy") {
    // A forced collection also drops compiled code: it comes before measurements of memory, never of time.
    if (message === "tidy") globalThis.gc?.();
    resetPeak();
    base = Math.min(base, process.memoryUsage.rss());
    cpu = process.cpuUsage();
    process.send!({ reset: true });
  } else {
    const used = process.cpuUsage(cpu);
    const usage: ServerUsage = {
      cpuMs: (used.user + used.system) / 1000,
      baseRssMb: base / 2 ** 20,
      peakRssMb: peakRss() / 2 ** 20,
    };
    process.send!(usage);
  }
});
process.on("disconnect", () => {
  server.close();
  void pool.end().then(() => process.exit());
});

/** Linux counts the peak for us; elsewhere it is the present size, which is too kind, and the report says so. */
function resetPeak(): void {
  if (process.platform === "linux") writeFileSync("/proc/self/clear_refs", "5");
}

function peakRss(): number {
  if (process.platform !== "linux") return process.memoryUsage.rss();
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))![1]) * 1024;
}
