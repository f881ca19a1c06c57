import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { createLogger } from "../log/logger.ts";
import { type Bus, openBus } from "./bus.ts";
import { listenToRedis } from "./wake-redis.ts";

const log = createLogger({ level: "silent", form: "json" });
const installed = spawnSync("redis-server", ["--version"]).status === 0;
let testDatabase: TestDatabase;
const open: Bus[] = [];

before(async () => {
  testDatabase = await createTestDatabase();
});
after(async () => {
  for (const bus of open) await bus.close();
  await testDatabase.drop();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function startRedis(port: number): Promise<ChildProcess> {
  const redis = spawn("redis-server", [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--save",
    "",
    "--appendonly",
    "no",
  ]);
  for await (const chunk of redis.stdout) if (String(chunk).includes("Ready to accept connections")) break;
  return redis;
}

async function openWith(port: number, lookEvery: number): Promise<Bus> {
  const url = `redis://127.0.0.1:${port}`;
  const bus = await openBus({
    db: testDatabase.db,
    log,
    lookEvery,
    wake: (onWake) => listenToRedis({ url, log, onWake }),
  });
  open.push(bus);
  return bus;
}

const heard = (bus: Bus, topic: string, n: number) =>
  new Promise<unknown[]>((resolve) => {
    const seen: unknown[] = [];
    bus.subscribe(topic, "any", ({ data }) => {
      if (seen.push(data) === n) resolve(seen);
    });
  });

test("Redis wakes the other process, also for what a transaction publishes", {
  skip: !installed && "redis-server is not installed",
}, async () => {
  const port = await freePort();
  const redis = await startRedis(port);
  // Looks by the clock are off: what arrives was woken.
  const [one, two] = [await openWith(port, 3_600_000), await openWith(port, 3_600_000)];
  const both = heard(two, "r", 2);
  await one.publish("r", 1, "alone");
  await testDatabase.db.transaction((client) => one.publish("r", 1, "in a transaction", client));
  assert.deepEqual(await both, ["alone", "in a transaction"]);
  redis.kill();
  await once(redis, "exit");
});

test("without Redis events arrive by the bus's own looks", async () => {
  const port = await freePort();
  const [one, two] = [await openWith(port, 20), await openWith(port, 20)];
  const seen = heard(two, "n", 1);
  await one.publish("n", 1, "looked for");
  assert.deepEqual(await seen, ["looked for"]);
});
