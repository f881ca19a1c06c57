import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { createLogger } from "../log/logger.ts";
import { type Bus, type BusEvent, openBus } from "./bus.ts";
import { trimEvents } from "./store.ts";

const log = createLogger({ level: "silent", form: "json" });
let test_: TestDatabase;
const open: Bus[] = [];

before(async () => {
  test_ = await createTestDatabase();
});
after(async () => {
  for (const bus of open) await bus.close();
  await test_.drop();
});

async function bus(options: { lookEvery?: number } = {}): Promise<Bus> {
  // Looks by the clock are off, so that what arrives was woken.
  const opened = await openBus({ db: test_.db, log, lookEvery: 3_600_000, ...options });
  open.push(opened);
  return opened;
}

/** Events of a subscription, and a promise for the moment when there are `n`. */
function collect(on: Bus, topic: string, portalId: number | null | "any" = "any") {
  const events: BusEvent[] = [];
  const waiting: { n: number; resolve: () => void }[] = [];
  on.subscribe(topic, portalId, (event) => {
    events.push(event);
    for (const { n, resolve } of waiting) if (events.length >= n) resolve();
  });
  return {
    events,
    until: (n: number) =>
      new Promise<void>((resolve) => {
        if (events.length >= n) resolve();
        waiting.push({ n, resolve });
      }),
  };
}

test("another process's subscriber is woken, only for its topic and portal", async () => {
  const [one, two] = [await bus(), await bus()];
  const mine = collect(two, "t1", 7);
  await one.publish("t1", 8, { no: 1 });
  await one.publish("other", 7, { no: 2 });
  await one.publish("t1", 7, { yes: true });
  await mine.until(1);
  assert.deepEqual(
    mine.events.map(({ data, portalId }) => ({ data, portalId })),
    [{ data: { yes: true }, portalId: 7 }],
  );
});

test("an event joins the caller's transaction: rolled back means never, and order is that of commits", async () => {
  const one = await bus();
  const seen = collect(one, "t2");
  const slow = await test_.db.connect();
  await slow.query("BEGIN");
  await one.publish("t2", 1, "slow", slow);
  await assert.rejects(
    test_.db.transaction(async (client) => {
      await one.publish("t2", 1, "rolled back", client);
      throw new Error("no");
    }),
  );
  await one.publish("t2", 1, "fast", undefined);
  await seen.until(1);
  // The slow one has the smaller id but commits later: it must neither be lost nor come before.
  await slow.query("COMMIT");
  slow.release();
  await seen.until(2);
  assert.deepEqual(
    seen.events.map(({ data }) => data),
    ["fast", "slow"],
  );
  assert.ok(seen.events[0]!.seq < seen.events[1]!.seq);
  assert.deepEqual(
    (await one.since("t2", 1, seen.events[0]!.seq))?.map(({ data }) => data),
    ["slow"],
  );
});

test("many writers at once: every process sees every event once, in the same order", async () => {
  const [one, two] = [await bus(), await bus()];
  const [a, b] = [collect(one, "t3"), collect(two, "t3")];
  const writes = Array.from({ length: 200 }, (_, i) => (i % 2 ? one : two).publish("t3", i % 3, i));
  await Promise.all([...writes, a.until(200), b.until(200)]);
  assert.deepEqual(a.events, b.events);
  assert.deepEqual(
    a.events.map(({ data }) => data as number).sort((x, y) => x - y),
    Array.from({ length: 200 }, (_, i) => i),
  );
  assert.deepEqual(
    a.events.map(({ seq }) => seq),
    a.events.map(({ seq }) => seq).sort((x, y) => x - y),
  );
});

test("a broken LISTEN connection is opened again and what was missed is read", async () => {
  const one = await bus();
  const seen = collect(one, "t4");
  const kill =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'b24kit bus' AND datname = current_database()";
  await test_.db.pool.query(kill);
  await one.publish("t4", 1, "unheard");
  await seen.until(1);
  await one.publish("t4", 1, "heard");
  await seen.until(2);
  assert.deepEqual(
    seen.events.map(({ data }) => data),
    ["unheard", "heard"],
  );
});

test("a subscriber that throws stops nobody else", async () => {
  const one = await bus();
  one.subscribe("t5", "any", () => {
    throw new Error("mine");
  });
  const seen = collect(one, "t5");
  await one.publish("t5", null, 1);
  await seen.until(1);
});

test("what was trimmed cannot be resumed from, nor a number of another history", async () => {
  const one = await bus();
  const start = await one.head();
  await one.publish("t6", 1, "old");
  const middle = await one.head();
  await test_.db.pool.query("UPDATE b24kit.bus_events SET at = now() - interval '2 hours' WHERE seq <= $1", [
    middle,
  ]);
  await one.publish("t6", 1, "new");
  await one.head();
  assert.ok((await trimEvents(test_.db.pool, 3_600)) > 0);
  assert.equal(await one.since("t6", 1, start), null);
  assert.deepEqual(
    (await one.since("t6", 1, middle))?.map(({ data }) => data),
    ["new"],
  );
  assert.equal(await one.since("t6", 1, 1e12), null);
});
