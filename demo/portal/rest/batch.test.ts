import assert from "node:assert/strict";
import { test } from "node:test";
import { form, openTestPortal, type Reply } from "../testing.ts";

const { call, send, control, portal } = openTestPortal();
const batch = async (cmd: unknown, halt: unknown = 0): Promise<Reply["body"]> => {
  const { status, body } = await call("batch", { cmd, halt });
  assert.equal(status, 200);
  return body.result;
};

test("commands answer under their keys, in five maps", async () => {
  const result = await batch({ one: "crm.deal.get?id=1", list: "crm.deal.list?select[]=ID" });
  assert.equal(result.result.one.ID, "1");
  assert.equal(result.result.list.length, 50);
  assert.deepEqual(result.result_total, { list: 120 });
  assert.deepEqual(result.result_next, { list: 50 });
  assert.deepEqual(result.result_error, []);
  assert.equal(result.result_time.one.date_start, "2026-05-01T12:00:00+03:00");
});

test("maps numbered from 0 are lists, empty ones too", async () => {
  const result = await batch(["server.time", "profile"]);
  assert.equal(Array.isArray(result.result), true);
  assert.equal(result.result[1].ID, "1");
  assert.deepEqual((await batch({})).result, []);
  assert.deepEqual((await batch(["nothing.here", "profile"])).result_error, [
    { error: "ERROR_METHOD_NOT_FOUND", error_description: "Method not found!" },
  ]);
  assert.deepEqual(Object.keys((await batch(["nothing.here", "profile"])).result), ["1"]);
});

test("commands come by form as well", async () => {
  const { body } = await send("batch", form(`cmd[me]=${encodeURIComponent("profile?x=1")}&halt=0`));
  assert.equal(body.result.result.me.ID, "1");
});

test("commands that are no text are skipped without a word", async () => {
  const result = await batch({ a: { method: "profile", params: {} }, b: "profile", c: null, d: 5 });
  assert.deepEqual(Object.keys(result.result), ["b"]);
  assert.deepEqual(result.result_error, []);
});

test("the fifty-first command has an error of its own", async () => {
  const cmd = Object.fromEntries(Array.from({ length: 52 }, (_, i) => [`k${i}`, "server.time"]));
  const result = await batch(cmd);
  assert.equal(Object.keys(result.result).length, 50);
  assert.deepEqual(Object.keys(result.result_error), ["k50", "k51"]);
  assert.equal(result.result_error.k50.error, "ERROR_BATCH_LENGTH_EXCEEDED");
});

test("halt stops after the first failure; without it the rest runs", async () => {
  const cmd = { a: "profile", b: "crm.deal.get?id=999999", c: "server.time" };
  const halted = await batch(cmd, 1);
  assert.deepEqual(Object.keys(halted.result), ["a"]);
  assert.deepEqual(halted.result_error, { b: { error: "", error_description: "Not found" } });
  assert.equal("c" in halted.result_time, false);
  assert.deepEqual(Object.keys((await batch(cmd, 0)).result), ["a", "c"]);
});

test("a batch in a batch is refused, and scopes are checked per command", async () => {
  const result = await batch({ inner: "batch?cmd[a]=profile" });
  assert.equal(result.result_error.inner.error, "ERROR_BATCH_METHOD_NOT_ALLOWED");
  const { path } = control.createWebhook({ scopes: ["department"] });
  const { body } = await send(`${path}batch?cmd[a]=department.get&cmd[b]=crm.deal.list`);
  assert.equal(body.result.result.a.length, 7);
  assert.equal(body.result.result_error.b.error, "insufficient_scope");
});

test("references carry answers into later commands", async () => {
  const page = (from: string) => `crm.deal.list?start=-1&order[ID]=ASC&select[]=ID&filter[>ID]=${from}`;
  const result = await batch({
    p0: page("0"),
    p1: page("$result[p0][49][ID]"),
    p2: page("$result[p1][49][ID]"),
  });
  assert.deepEqual(
    [result.result.p1[0].ID, result.result.p1[49].ID, result.result.p2[0].ID],
    ["51", "100", "101"],
  );
  assert.equal(result.result.p2.length, 20);
});

test("a reference within a text is put in as text, and keys are resolved too", async () => {
  const result = await batch({
    first: "crm.deal.list?select[]=ID&filter[ID]=7",
    named: "crm.deal.update?id=$result[first][0][ID]&fields[TITLE]=No $RESULT[first][0][ID] of $total[first]",
    read: "crm.deal.get?id=7",
    byKey: "crm.deal.list?select[]=ID&filter[ID$next[nothing]]=3",
  });
  assert.equal(result.result.read.TITLE, "No 7 of 1");
  assert.equal(result.result.named, true);
});

test("a missing segment leaves what was found so far: a short page turns the filter into nonsense", async () => {
  const list = "crm.deal.list?start=-1&order[ID]=ASC&select[]=ID&filter[>ID]=";
  const result = await batch({ p0: `${list}108`, p1: `${list}$result[p0][49][ID]` });
  assert.equal(result.result.p0.length, 12);
  // The twelve rows themselves became the bound; PHP reads each as 1.
  assert.deepEqual([result.result.p1[0].ID, result.result.p1.length], ["2", 50]);
  const empty = await batch({ p0: `${list}5000`, p1: `${list}$result[p0][49][ID]` });
  assert.deepEqual([empty.result.p0.length, empty.result.p1[0].ID], [0, "1"]);
});

test("a planned error strikes one command only", async () => {
  control.addFault({ match: "crm.lead.*", effect: "resultError", description: "Внутренняя ошибка" });
  const result = await batch({ a: "crm.deal.get?id=1", b: "crm.lead.get?id=1", c: "crm.lead.get?id=2" });
  assert.deepEqual(result.result_error, { b: { error: "", error_description: "Внутренняя ошибка" } });
  assert.deepEqual(Object.keys(result.result), ["a", "c"]);
  assert.equal(portal.stats.crashed, 0);
});
