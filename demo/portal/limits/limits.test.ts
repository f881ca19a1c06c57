import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestPortal } from "../testing.ts";

const MINUTE = 60_000;

test("fifty requests at once, then two each second", async () => {
  const { call, control } = openTestPortal();
  control.limits({ rate: { enabled: true } });
  const statuses = async (count: number) => {
    const seen: number[] = [];
    for (let i = 0; i < count; i++) seen.push((await call("server.time")).status);
    return seen.filter((status) => status === 200).length;
  };
  assert.equal(await statuses(60), 50);
  control.clock({ advance: 1_000 });
  assert.equal(await statuses(5), 2);
  control.clock({ advance: 25_000 });
  assert.equal(await statuses(60), 50);
  const { refusedByRate, requests, peakPerSecond } = control.stats();
  assert.deepEqual([refusedByRate, requests, peakPerSecond], [10 + 3 + 10, 125, 60]);
});

test("a refused request says so and was not executed", async () => {
  const { call, control, portal } = openTestPortal();
  control.limits({ rate: { enabled: true, burst: 1 } });
  const before = portal.crm.tables.deal.size;
  await call("profile");
  const { status, body } = await call("crm.deal.add", { fields: { TITLE: "x" } });
  assert.equal(status, 503);
  assert.deepEqual(body, { error: "QUERY_LIMIT_EXCEEDED", error_description: "Too many requests" });
  assert.equal(portal.crm.tables.deal.size, before);
});

test("a batch is one request to the bucket", async () => {
  const { call, control } = openTestPortal();
  control.limits({ rate: { enabled: true, burst: 1 } });
  const cmd = Array.from({ length: 50 }, () => "server.time");
  assert.equal((await call("batch", { cmd })).body.result.result.length, 50);
});

test("a method is parked when its ten minutes are used up; others go on", async () => {
  const { call, control } = openTestPortal();
  control.limits({ cost: { pageSeconds: 50 }, operating: { limitSeconds: 100 } });
  assert.equal((await call("crm.deal.list")).status, 200);
  control.clock({ advance: 5 * MINUTE });
  const crossing = (await call("crm.deal.list")).body;
  assert.equal(Math.round(crossing.time.operating), 100);
  const { status, body } = await call("crm.deal.list");
  assert.equal(status, 429);
  assert.deepEqual(body, {
    error: "OPERATION_TIME_LIMIT",
    error_description: "Method is blocked due to operation time limit.",
  });
  assert.equal((await call("crm.lead.list")).status, 200);
  assert.equal(control.stats().refusedByOperating, 1);
  // The oldest basket leaves when it said it would, and takes only its own seconds with it.
  control.clock({ now: crossing.time.operating_reset_at * 1000 - 1_000 });
  assert.equal((await call("crm.deal.list")).status, 429);
  control.clock({ advance: 1_000 });
  const free = (await call("crm.deal.list")).body;
  assert.equal(Math.round(free.time.operating), 100);
});

test("each credential has a ledger of its own", async () => {
  const { call, send, control } = openTestPortal();
  control.limits({ cost: { pageSeconds: 50 }, operating: { limitSeconds: 40 } });
  await call("crm.deal.list");
  assert.equal((await call("crm.deal.list")).status, 429);
  const { path } = control.createWebhook({ scopes: ["crm"] });
  assert.equal((await send(`${path}crm.deal.list`)).status, 200);
});

test("a batch is billed to its inner methods, and a parked one fails alone", async () => {
  const { call, control } = openTestPortal();
  control.limits({ cost: { pageSeconds: 10 }, operating: { limitSeconds: 25 } });
  const { body } = await call("batch", {
    cmd: { a: "crm.deal.list", b: "crm.deal.list", c: "crm.deal.list", d: "crm.deal.list", e: "profile" },
  });
  assert.deepEqual(Object.keys(body.result.result), ["a", "b", "c", "e"]);
  assert.equal(body.result.result_error.d.error, "OPERATION_TIME_LIMIT");
  const spent = ["a", "b", "c"].map((key) => Math.round(body.result.result_time[key].operating));
  assert.deepEqual(spent, [10, 20, 30]);
  assert.equal("operating" in body.time, false);
  assert.equal((await call("batch", { cmd: ["profile"] })).status, 200);
});

test("a batch may be billed as a whole: one number for all commands, inner methods free", async () => {
  const { call, control } = openTestPortal();
  control.limits({ cost: { pageSeconds: 10 }, operating: { limitSeconds: 25, billing: "batch" } });
  const cmd = { a: "crm.deal.list", b: "crm.deal.list", c: "crm.lead.list" };
  const { body } = await call("batch", { cmd });
  const spent = Object.values(body.result.result_time as Record<string, { operating: number }>).map((time) =>
    Math.round(time.operating),
  );
  assert.deepEqual(spent, [30, 30, 30]);
  assert.equal(Math.round(body.time.operating), 30);
  assert.equal((await call("batch", { cmd })).status, 429);
  assert.equal(Math.round((await call("crm.deal.list")).body.time.operating), 10);
});

test("work within what is free is not charged; one second more and all of it is", async () => {
  const { call, control } = openTestPortal();
  control.limits({ cost: { callSeconds: 0.04 }, operating: { freeSeconds: 0.1 } });
  const operating = async (count: number) => {
    const { body } = await call("batch", { cmd: Array.from({ length: count }, () => "server.time") });
    return body.result.result_time[count - 1].operating;
  };
  assert.equal(await operating(2), 0);
  assert.equal(await operating(3), 0.12);
});

test("counting costs by the row, start=-1 does not count", async () => {
  const { call, control } = openTestPortal();
  control.limits({ cost: { pageSeconds: 1, rowSeconds: 0.01 } });
  const seconds = async (params: unknown) => (await call("crm.deal.list", params)).body.time.processing;
  assert.equal(await seconds({ start: -1, order: { ID: "ASC" } }), 1);
  assert.equal(await seconds({ start: 0, order: { ID: "ASC" } }), 2.2);
  assert.equal(await seconds({ filter: { ">ID": 100 } }), 1.2);
  assert.equal(await seconds({ start: -1, order: { TITLE: "ASC" } }), 2.2);
});

test("a request that works longer than the web server waits gets 504, its effects stay", async () => {
  const { call, control, portal } = openTestPortal();
  control.limits({ cost: { callSeconds: 25 }, operating: { enabled: false } });
  const before = portal.crm.tables.deal.size;
  const add = "crm.deal.add?fields[TITLE]=x";
  const { status, text } = await call("batch", { cmd: [add, add, add, add, add] });
  assert.equal(status, 504);
  assert.match(text, /^<html>/);
  assert.equal(portal.crm.tables.deal.size, before + 3);
  assert.equal(control.stats().timedOut, 1);
});

test("work is real only when asked", async () => {
  const { call, control } = openTestPortal();
  control.limits({ cost: { callSeconds: 0.03, real: true } });
  const before = performance.now();
  await call("server.time");
  assert.equal(performance.now() - before >= 29, true);
});
