import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WebSocket } from "ws";
import { createTestDatabase, type TestDatabase } from "../../../test/database.ts";
import { readConfig } from "./config.ts";
import { AddressTaken } from "./platform/http/listen.ts";
import { createLogger } from "./platform/log/logger.ts";
import { type Running, start } from "./start.ts";

const log = createLogger({ level: "silent", form: "json" });
let testDatabase: TestDatabase;
before(async () => {
  testDatabase = await createTestDatabase();
});
after(() => testDatabase.drop());

function config(env: Record<string, string> = {}) {
  const set = {
    DATABASE_URL: testDatabase.url,
    SECRET_KEY: "s".repeat(40),
    API_KEY: "k".repeat(40),
    PORT: "0",
    ...env,
  };
  return readConfig(set, { demo: true, dir: "/nonexistent" });
}

const portOf = ({ url }: Running) => new URL(url).port;

test("starts, says so in the expected words, answers, and stops leaving nothing", async () => {
  const said: string[] = [];
  const running = await start(config(), { log, say: (line) => said.push(line) });
  assert.deepEqual(said, [
    "Waiting for PostgreSQL...",
    "PostgreSQL is ready!",
    "Running database migrations...",
    "Migrations completed successfully!",
    "Starting application...",
  ]);
  const health = await fetch(`${running.url}/health`);
  assert.equal(health.status, 200);
  assert.equal(health.headers.get("keep-alive"), "timeout=65", "longer than a balancer keeps it");
  const origin = running.url;
  const session = await fetch(`${running.url}/demo/session`, { method: "POST", headers: { Origin: origin } });
  const { token } = (await session.json()) as { token: string };
  const socket = new WebSocket(`${running.url.replace("http", "ws")}/ws`, { origin });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  const ready = new Promise<string>((resolve) => socket.on("message", (data) => resolve(String(data))));
  socket.on("open", () => socket.send(JSON.stringify({ type: "auth", token })));
  assert.match(await ready, /"ready"/);
  const begin = performance.now();
  await running.stop();
  assert.ok(performance.now() - begin < 20_000);
  assert.equal(await closed, 1012);
  await assert.rejects(fetch(`${running.url}/health`));
  const { rows } = await testDatabase.db.pool.query(
    "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'b24kit bus'",
  );
  assert.deepEqual(rows, []);
});

test("a taken port stops the start with words, and ends what was begun", async () => {
  const first = await start(config(), { log });
  await assert.rejects(start(config({ PORT: portOf(first) }), { log }), (error: Error) => {
    assert.ok(error instanceof AddressTaken);
    assert.match(error.message, new RegExp(`Port ${portOf(first)} .* set PORT`));
    return true;
  });
  assert.equal((await fetch(`${first.url}/health`)).status, 200);
  await first.stop();
});

test("opened to the network, the demo has a link that signs in once", async () => {
  const running = await start(config({ HOST: "0.0.0.0" }), { log });
  const link = new URL(running.entranceUrl ?? assert.fail("no link"));
  const enter = () =>
    fetch(`${running.url}/demo/session`, {
      method: "POST",
      headers: { Origin: running.url, "Content-Type": "application/json" },
      body: JSON.stringify({ code: link.searchParams.get("code") }),
    });
  assert.equal((await enter()).status, 200);
  assert.equal((await enter()).status, 401);
  await running.stop();
});
