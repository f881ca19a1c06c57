import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { type Bus, openBus } from "../bus/bus.ts";
import { createLogger } from "../log/logger.ts";
import { createJobs, type Jobs } from "./jobs.ts";
import { defineQueue } from "./queue.ts";

const log = createLogger({ level: "silent", form: "json" });
let testDatabase: TestDatabase;
let bus: Bus;
let api: Jobs;
let worker: Jobs;

const echo = defineQueue("test.echo", z.object({ n: z.number() }));
const flaky = defineQueue("test.flaky", z.object({}), { retries: 1, retryDelay: 0 });
const held = defineQueue("test.held", z.object({}));
const parallel = defineQueue("test.parallel", z.object({}), { concurrency: 2 });

const got: number[] = [];
let onEcho = (_n: number) => {};
let attempts = 0;
const POLL_MS = 8_000;
const flakyDone = deferred();
const heldStarted = deferred();
const heldAborted = deferred();
const twoAtOnce = deferred();
let atOnce = 0;

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

before(async () => {
  testDatabase = await createTestDatabase();
  const { db } = testDatabase;
  bus = await openBus({ db, log, lookEvery: 3_600_000 });
  api = createJobs({ db, bus, log, role: "api" });
  worker = createJobs({ db, bus, log, role: "worker", pollMs: POLL_MS });
  worker.define(echo, async ({ n }) => {
    got.push(n);
    onEcho(n);
  });
  worker.define(flaky, async () => {
    attempts += 1;
    if (attempts === 1) throw new Error("once");
    flakyDone.resolve();
  });
  worker.define(held, async (_data, { signal }) => {
    heldStarted.resolve();
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    heldAborted.resolve();
  });
  worker.define(parallel, async () => {
    atOnce += 1;
    if (atOnce === 2) twoAtOnce.resolve();
    await twoAtOnce.promise;
  });
  await api.start();
  await worker.start();
});

after(async () => {
  await worker.stop(5_000);
  await api.stop(0);
  await bus.close();
  await testDatabase.drop();
});

function untilEcho(n: number): Promise<void> {
  return new Promise((resolve) => {
    onEcho = (seen) => {
      if (seen === n) resolve();
    };
  });
}

test("a job sent by an API process is worked on by a worker, woken rather than polled", async () => {
  const start = performance.now();
  const done = untilEcho(1);
  assert.ok(await api.send(echo, { n: 1 }));
  await done;
  assert.ok(performance.now() - start < POLL_MS);
});

test("a job inside a transaction that rolls back never runs", async () => {
  await assert.rejects(
    testDatabase.db.transaction(async (client) => {
      await api.send(echo, { n: 2 }, { client });
      throw new Error("no");
    }),
  );
  const done = untilEcho(3);
  await testDatabase.db.transaction((client) => api.send(echo, { n: 3 }, { client }));
  await done;
  assert.ok(!got.includes(2));
});

test("of jobs with one key only one waits; those without a key all do", async () => {
  const later = new Date(Date.now() + 3_600_000);
  assert.ok(await api.send(echo, { n: 10 }, { key: "same", startAfter: later }));
  assert.equal(await api.send(echo, { n: 10 }, { key: "same", startAfter: later }), null);
  assert.ok(await api.send(echo, { n: 10 }, { key: "other", startAfter: later }));
  assert.ok(await api.send(echo, { n: 10 }, { startAfter: later }));
  assert.ok(await api.send(echo, { n: 10 }, { startAfter: later }));
});

test("data that does not fit is refused where it is sent", async () => {
  await assert.rejects(api.send(echo, { n: "one" } as never));
});

test("a failed job is tried again", async () => {
  await api.send(flaky, {});
  await flakyDone.promise;
  assert.equal(attempts, 2);
});

test("a queue works on as many jobs at a time as it says", async () => {
  await api.send(parallel, {});
  await api.send(parallel, {});
  await twoAtOnce.promise;
});

test("a schedule is kept", async () => {
  await api.schedule(echo, "*/5 * * * *", { n: 5 });
  const { rows } = await testDatabase.db.pool.query("SELECT name, cron FROM b24kit_jobs.schedule");
  assert.deepEqual(rows, [{ name: "test.echo", cron: "*/5 * * * *" }]);
  await api.unschedule(echo);
});

test("stopping tells the handler and waits for it", async () => {
  await api.send(held, {});
  await heldStarted.promise;
  await worker.stop(5_000);
  await heldAborted.promise;
});
