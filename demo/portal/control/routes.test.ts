import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { json, openTestPortal } from "../testing.ts";
import { canonicalJson } from "./canonical.ts";

const { send, call, portal } = openTestPortal();
const post = (path: string, body: unknown) => send(`/_emulator/${path}`, json(body));
const get = (path: string) => send(`/_emulator/${path}`);

test("seed makes other data and keeps what is not named", async () => {
  const { body } = await post("seed", { seed: 5, deals: 70, anchor: "2026-03-03T10:00:00+03:00" });
  assert.deepEqual([body.seed, body.counts.deals, body.counts.contacts], [5, 70, 60]);
  assert.equal(body.anchor, Date.parse("2026-03-03T00:00:00+03:00"));
  assert.equal((await call("crm.deal.list")).body.total, 70);
});

test("a hundred thousand deals are seeded and read to the end", async () => {
  await post("seed", { deals: 100_000 });
  const { body } = await call("crm.deal.list", {
    filter: { ">ID": 99_960 },
    order: { ID: "ASC" },
    start: -1,
  });
  assert.deepEqual([body.result.length, body.result[39].ID], [40, "100000"]);
  await post("seed", { deals: 120 });
});

test("the same mutations do the same", async () => {
  const made = async () => {
    await post("reset", {});
    const { body } = await post("mutate", { seed: 11, operations: 200 });
    return [body, (await get("checksum?entity=deal")).body, (await get("checksum?entity=contact")).body];
  };
  const [first] = await Promise.all([made()]);
  assert.deepEqual(await made(), first);
  const kinds = new Set((first[0] as { operation: string }[]).map(({ operation }) => operation));
  assert.deepEqual([...kinds].sort(), ["add", "delete", "update"]);
});

test("the checksum can be computed from what get shows", async () => {
  const hash = createHash("md5");
  for (const id of portal.crm.tables.company.ids) {
    hash.update(`${canonicalJson((await call("crm.company.get", { id })).body.result)}\n`);
  }
  const { body } = await get("checksum?entity=company");
  assert.deepEqual(body, { count: portal.crm.tables.company.size, md5: hash.digest("hex") });
  assert.equal(
    canonicalJson({ b: [1, { d: null, c: "Ё" }], a: false }),
    '{"a":false,"b":[1,{"c":"Ё","d":null}]}',
  );
});

test("records by ID or in order", async () => {
  await post("reset", {});
  const named = (await get("records?entity=lead&ids=7,3,7,9999")).body;
  assert.deepEqual(
    named.map((row: { ID: string }) => row.ID),
    ["3", "7"],
  );
  assert.deepEqual(named[1], (await call("crm.lead.get", { id: 7 })).body.result);
  const next = (await get("records?entity=lead&after=10&limit=2")).body;
  assert.deepEqual(
    next.map((row: { ID: string }) => row.ID),
    ["11", "12"],
  );
});

test("the clock stops, jumps and runs on", async () => {
  const stopped = (await post("clock", { mode: "virtual", now: "2026-07-01T00:00:00Z" })).body;
  assert.deepEqual([stopped.mode, stopped.iso], ["virtual", "2026-07-01T03:00:00+03:00"]);
  assert.equal((await post("clock", { advance: 61_000 })).body.iso, "2026-07-01T03:01:01+03:00");
  assert.equal((await call("server.time")).body.result, "2026-07-01T03:01:01+03:00");
  assert.equal((await post("clock", { mode: "real" })).body.iso, "2026-07-01T03:01:01+03:00");
});

test("statistics count requests, methods and rows", async () => {
  await post("reset", {});
  await call("crm.deal.list");
  await call("batch", { cmd: ["crm.deal.get?id=1", "crm.deal.get?id=0"] });
  const { body } = await get("stats");
  assert.deepEqual([body.requests, body.batches, body.rowsServed, body.crashed], [2, 1, 51, 0]);
  assert.deepEqual(body.methods["crm.deal.get"], { calls: 2, errors: 1, rows: 1 });
});

test("bad input is named and changes nothing", async () => {
  const cases: [string, unknown, RegExp][] = [
    ["seed", { deals: -1 }, /deals/],
    ["seed", { deal: 5 }, /deal/],
    ["seed", { users: 0 }, /users/],
    ["clock", { mode: "fast" }, /mode/],
    ["clock", { now: "yesterday" }, /now/],
    ["faults", { effect: "explode" }, /effect/],
    ["faults", {}, /effect/],
    ["mutate", { operations: 0 }, /operations/],
    ["webhooks", { scopes: ["everything"] }, /scopes/],
    ["limits", { rate: { burst: 0 } }, /burst/],
    ["limits", { operating: { billing: "outer" } }, /billing/],
  ];
  const before = JSON.stringify([portal.seedParameters(), portal.limits]);
  for (const [path, input, words] of cases) {
    const { status, body } = await post(path, input);
    assert.equal(status, 400, path);
    assert.equal(body.error, "bad_input");
    assert.match(body.description, words);
  }
  const broken = await send("/_emulator/seed", { method: "POST", body: "{" });
  assert.deepEqual([broken.status, broken.body.description.includes("not JSON")], [400, true]);
  assert.equal((await get("checksum?entity=task")).status, 400);
  assert.equal((await get("records?entity=deal&ids=a")).status, 400);
  assert.equal((await get("nothing")).body.error, "unknown_control");
  assert.equal(JSON.stringify([portal.seedParameters(), portal.limits]), before);
});

test("faults are listed and cleared", async () => {
  await post("faults", { effect: "503", match: "crm.*", times: 2, after: 1 });
  assert.equal((await get("faults")).body[0].times, 2);
  const statuses: number[] = [];
  for (let i = 0; i < 4; i++) statuses.push((await call("crm.deal.fields")).status);
  assert.deepEqual(statuses, [200, 503, 503, 200]);
  await post("faults", { effect: "html502" });
  await send("/_emulator/faults", { method: "DELETE" });
  assert.equal((await call("profile")).status, 200);
});

test("faults that answer in the portal's place", async () => {
  const strike = async (effect: string, extra = {}) => {
    await post("faults", { effect, ...extra });
    return call("crm.deal.get", { id: 1 });
  };
  assert.match((await strike("html502")).text, /502 Bad Gateway/);
  assert.equal((await strike("429")).body.error, "OPERATION_TIME_LIMIT");
  assert.equal((await strike("expiredToken")).body.error, "expired_token");
  const wrong = await strike("wrongJson");
  assert.deepEqual([wrong.status, wrong.body], [200, null]);
  const failed = await strike("resultError", { error: "ERROR_CORE", description: "Сбой" });
  assert.deepEqual(failed.body, { error: "ERROR_CORE", error_description: "Сбой" });
  const gone = await strike("resultError", { error: "INTERNAL_SERVER_ERROR", status: 500 });
  assert.deepEqual([gone.status, (await get("stats")).body.crashed], [500, 0]);
  assert.equal((await strike("delay", { delayMs: 5 })).status, 200);
});

test("a delay ends when the faults are cleared", async () => {
  await post("faults", { effect: "delay", delayMs: 600_000 });
  const answer = call("crm.deal.get", { id: 1 });
  while ((await get("faults")).body.length > 0) await new Promise(setImmediate);
  await send("/_emulator/faults", { method: "DELETE" });
  assert.equal((await answer).status, 200);
});
