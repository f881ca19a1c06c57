import assert from "node:assert/strict";
import { test } from "node:test";
import { reference, toCommandText } from "./batch.ts";
import { broken, json, openScripted } from "./test/scripted.ts";

const batchAnswer = (parts: object) =>
  json({
    result: { result: [], result_error: [], result_total: [], result_next: [], result_time: [], ...parts },
  });
const deal = { method: "crm.deal.get", params: { id: 1 } };

test("commands travel as query strings, references as text", async () => {
  const { client, sent } = openScripted([batchAnswer({ result: { a: { ID: "5" }, b: [] } })]);
  await client.batch({
    a: deal,
    b: { method: "crm.contact.list", params: { filter: { "@ID": [reference("a", "CONTACT_ID"), 7] } } },
  });
  assert.deepEqual(sent[0]?.body, {
    halt: 0,
    cmd: {
      a: "crm.deal.get?id=1",
      b: "crm.contact.list?filter%5B%40ID%5D%5B0%5D=%24result%5Ba%5D%5BCONTACT_ID%5D&filter%5B%40ID%5D%5B1%5D=7",
    },
  });
  assert.equal(toCommandText({ method: "profile" }), "profile");
});

test("each command has its own outcome, an empty code included", async () => {
  const time = { start: 0, finish: 1, duration: 0.2, processing: 0.2, operating: 3 };
  const { client } = openScripted([
    batchAnswer({
      result: { a: { ID: "1" }, none: null },
      result_error: {
        b: { error: "", error_description: "Not found" },
        c: { error: "insufficient_scope", error_description: "" },
      },
      result_total: { a: 12 },
      result_time: { a: time },
    }),
  ]);
  const outcomes = await client.batch({ a: deal, b: deal, c: deal, none: deal, lost: deal });
  const code = (name: string) => {
    const outcome = outcomes[name];
    return outcome?.ok === false ? outcome.error.code : "ok";
  };
  assert.deepEqual(["a", "b", "c", "none", "lost"].map(code), [
    "ok",
    "portal_error",
    "insufficient_scope",
    "ok",
    "portal_answer_invalid",
  ]);
  assert.ok(outcomes.a?.ok && outcomes.a.total === 12 && outcomes.a.time?.operating === 3);
  assert.ok(outcomes.b?.ok === false && /Not found/.test(outcomes.b.error.detail));
});

test("maps that PHP wrote as lists are maps again", async () => {
  const { client } = openScripted([batchAnswer({ result: [{ ID: "1" }, { ID: "2" }] })]);
  const outcomes = await client.batch({ 0: deal, 1: deal });
  assert.deepEqual(outcomes["1"]?.ok && outcomes["1"].result, { ID: "2" });
});

test("after halt the rest is skipped, not failed", async () => {
  const { client, sent } = openScripted([
    batchAnswer({ result_error: { a: { error: "X", error_description: "no" } } }),
  ]);
  const outcomes = await client.batch({ a: deal, b: deal }, { halt: true });
  assert.equal(sent[0]?.body.halt, 1);
  assert.ok(outcomes.a?.ok === false && !outcomes.a.skipped);
  assert.ok(outcomes.b?.ok === false && outcomes.b.skipped);
});

test("a text that the portal would take for a reference is not sent", async () => {
  const { client, sent } = openScripted([batchAnswer({ result: { good: 1 } })]);
  const bad = { method: "crm.deal.add", params: { fields: { TITLE: "Pay $next week" } } };
  const outcomes = await client.batch({ bad, good: deal });
  assert.deepEqual(Object.keys(sent[0]?.body.cmd as object), ["good"]);
  assert.ok(outcomes.bad?.ok === false && outcomes.bad.error.code === "invalid_parameter");
  assert.ok(outcomes.good?.ok);
});

test("a batch is repeated only when all its commands read", async () => {
  const reading = openScripted([broken("ECONNRESET"), batchAnswer({ result: { a: 1 } })]);
  assert.ok((await reading.client.batch({ a: deal })).a?.ok);
  const writing = openScripted([broken("ECONNRESET")]);
  const add = { method: "crm.deal.add" };
  await assert.rejects(writing.client.batch({ a: deal, add }), { code: "write_outcome_unknown" });
  assert.equal(writing.sent.length, 1);
});

test("a method that ran out inside a batch is parked", async () => {
  const { client, limiter } = openScripted([
    batchAnswer({ result_error: { a: { error: "OPERATION_TIME_LIMIT", error_description: "" } } }),
  ]);
  await client.batch({ a: deal });
  assert.ok((await limiter.state()).methods["crm.deal.get"]?.parkedUntil);
});

test("too many commands, and a result that is no batch", async () => {
  const { client } = openScripted([json({ result: "ok" })]);
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`c${index}`, deal]));
  await assert.rejects(client.batch(many), RangeError);
  await assert.rejects(client.batch({ a: deal }), { code: "portal_answer_invalid" });
});
