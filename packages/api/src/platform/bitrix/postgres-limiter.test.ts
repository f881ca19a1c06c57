import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { after, test } from "node:test";
import pg from "pg";
import { builtProgram } from "../../../../../test/built-program.ts";
import { createTestDatabase } from "../../../../../test/database.ts";
import { createPostgresLimiter } from "./postgres-limiter.ts";
import { createPortalBucket, testLimiter } from "./test/limiter-suite.ts";
import { createVirtualClock } from "./test/virtual-clock.ts";

const { db, url, drop } = await createTestDatabase();
const second = new pg.Pool({ connectionString: url, max: 4 });
after(async () => {
  await second.end();
  await drop();
});

let portals = 0;
const newPortal = () => {
  portals += 1;
  return portals;
};

testLimiter("postgres", (clock) => createPostgresLimiter({ db, portalId: newPortal(), clock }));

test("two processes share one budget fairly, without a refusal", async () => {
  const clock = createVirtualClock();
  const portalId = newPortal();
  const portal = createPortalBucket({ capacity: 50, drain: 2 }, clock);
  const served = [0, 0];
  let busy = true;
  const work = async (index: 0 | 1, pool: pg.Pool) => {
    const limiter = createPostgresLimiter({ db: { pool }, portalId, clock });
    const request = { method: "crm.deal.list", commands: { "crm.deal.list": 1 } };
    while (busy) {
      await limiter.acquire({ ...request, priority: "background" });
      portal.knock();
      served[index] = (served[index] ?? 0) + 1;
      await limiter.report(request);
      if ((served[0] ?? 0) + (served[1] ?? 0) >= 200) busy = false;
    }
  };
  await Promise.all([work(0, db.pool), work(1, second), work(0, db.pool), work(1, second)]);
  assert.equal(portal.counts.refused, 0);
  assert.ok(Math.min(...served) >= 60, `served ${served.join(" and ")}`);
});

test("another process sees what this one used, on the database's clock", async () => {
  const portalId = newPortal();
  const plan = { capacity: 50, drain: 0.001 };
  const limiter = createPostgresLimiter({ db, portalId, plan });
  for (let index = 0; index < 20; index += 1) {
    await limiter.acquire({ method: "profile", commands: { profile: 1 }, priority: "background" });
  }
  const program = await builtProgram(new URL("./test/limited-process.ts", import.meta.url));
  const child = fork(program, [url, String(portalId)], { execArgv: [] });
  const [granted] = (await once(child, "message")) as [number];
  assert.equal(granted, 25);
  await assert.rejects(
    limiter.acquire({
      method: "profile",
      commands: { profile: 1 },
      priority: "background",
      maxWaitMs: 1_000,
    }),
    { code: "portal_rate_limited" },
  );
  await limiter.acquire({ method: "profile", commands: { profile: 1 }, priority: "interactive" });
});

test("many at once neither lock each other out nor lose a command", async () => {
  const portalId = newPortal();
  const plan = { capacity: 1_000, drain: 1_000 };
  const commands = { "crm.deal.list": 3, "crm.contact.list": 2, "user.get": 1 };
  const limiters = [db.pool, second].map((pool) => createPostgresLimiter({ db: { pool }, portalId, plan }));
  const time = { start: 0, finish: 10, duration: 1, processing: 1, dateStart: "", dateFinish: "" };
  await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const limiter = limiters[index % 2];
      const request = { method: "batch", commands };
      await limiter?.acquire({ ...request, priority: index % 3 === 0 ? "interactive" : "background" });
      await limiter?.report({ ...request, time, results: [{ method: "user.get", time }] });
    }),
  );
  const state = await limiters[0]?.state();
  const inFlight = Object.values(state?.methods ?? {}).map((entry) => entry.inFlight);
  assert.deepEqual(inFlight, [0, 0, 0, 0]);
});

test("what a killed process left under way is forgotten, however busy the portal is", async () => {
  const clock = createVirtualClock();
  const portalId = newPortal();
  const limiter = createPostgresLimiter({ db, portalId, clock });
  const lost = { method: "batch", commands: { "crm.deal.list": 50 } };
  await limiter.acquire({ ...lost, priority: "background" });
  const small = { method: "crm.deal.list", commands: { "crm.deal.list": 1 } };
  const inFlight = async () => (await limiter.state()).methods["crm.deal.list"]?.inFlight;
  for (let seconds = 0; seconds < 180; seconds += 10) {
    await limiter.acquire({ ...small, priority: "background" });
    clock.advance(10_000);
    await limiter.report(small);
    if (seconds === 30) assert.equal(await inFlight(), 50);
  }
  await limiter.acquire({ ...small, priority: "background" });
  assert.equal(await inFlight(), 1);
});

test("credentials of one portal share the requests, not the operating time", async () => {
  const portalId = newPortal();
  const clock = createVirtualClock();
  const webhook = createPostgresLimiter({ db, portalId, clock });
  const app = createPostgresLimiter({ db, portalId, clock, credential: "application" });
  await webhook.refused({ method: "crm.deal.list", code: "portal_operating_limit" });
  await app.acquire({
    method: "crm.deal.list",
    commands: { "crm.deal.list": 1 },
    priority: "background",
    maxWaitMs: 0,
  });
  assert.equal((await webhook.state()).level, 1);
});
