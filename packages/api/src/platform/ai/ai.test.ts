import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { z } from "zod";
import { type Entry, type RunningModel, startModel } from "../../../../../demo/openai/index.ts";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { AppError } from "../http/app-error.ts";
import { createLogger } from "../log/logger.ts";
import { type Ai, type AiSettings, createAi } from "./ai.ts";
import { asData } from "./as-data.ts";
import { createBreaker } from "./breaker.ts";
import { costOf } from "./prices.ts";

const schema = z.object({ kind: z.enum(["yes", "no"]) });
const text = (value: string) => ({ kind: "text" as const, text: value, delayMs: 0 });
const script: Entry[] = [
  { question: "good", replies: [{ kind: "json", value: { kind: "yes" }, delayMs: 0 }] },
  { question: "broken", replies: [text('{"kind"')] },
  { question: "wrong", replies: [text('{"kind": "maybe"}')] },
  { question: "cut", replies: [{ kind: "cut", text: '{"kin', delayMs: 0 }] },
  { question: "no", replies: [{ kind: "refusal", text: "I will not.", delayMs: 0 }] },
  { question: "huge", replies: [{ kind: "huge", bytes: 2_000_000, delayMs: 0 }] },
  { question: "slow", replies: [{ kind: "text", text: "late", delayMs: 60_000 }] },
];

describe("the language model", () => {
  let database: TestDatabase;
  let server: RunningModel;
  const portalId = 1;
  let now = Date.now();
  const log = createLogger({ level: "silent", form: "plain" });
  before(async () => {
    database = await createTestDatabase();
    server = await startModel({ script });
  });
  beforeEach(async () => {
    server.model.reset();
    await database.db.pool.query(
      "DELETE FROM b24kit.ai_usage; DELETE FROM b24kit.ai_budgets; DELETE FROM b24kit.ai_turns",
    );
  });
  after(async () => {
    await server.close();
    await database.drop();
  });

  const open = (settings: Partial<AiSettings> = {}, timeoutMs = 5_000): Ai =>
    createAi({
      db: database.db,
      log,
      now: () => now,
      timeoutMs,
      settings: { apiKey: "sk-test", baseUrl: server.baseUrl, model: "gpt-4o-mini", ...settings },
    });
  const ask = (ai: Ai, content: string, signal?: AbortSignal) =>
    ai.ask({
      portalId,
      purpose: "test",
      schemaName: "answer",
      schema,
      signal,
      messages: [{ role: "user", content }],
    });
  const said = async (ai: Ai, content: string) => (await ask(ai, content)).said;
  const fails = (run: Promise<unknown>, code: string) =>
    assert.rejects(run, (error: AppError) => {
      assert.equal(error.code, code);
      return true;
    });

  it("answers as asked, and counts what it cost", async () => {
    const ai = open();
    const answer = await ask(ai, "good");
    assert.deepEqual(answer.said, { kind: "answer", value: { kind: "yes" }, text: '{"kind":"yes"}' });
    assert.ok(answer.tokens.prompt > 0 && answer.cost! > 0);
    await ask(ai, "good");
    const today = await ai.today(portalId);
    assert.deepEqual([today.calls, today.tokens], [2, 2 * (answer.tokens.prompt + answer.tokens.completion)]);
    assert.ok(Math.abs(today.cost! - 2 * answer.cost!) < 1e-12);
    const unpriced = open({ model: "b24kit-scripted" });
    assert.equal((await ask(unpriced, "good")).cost, null);
    assert.equal((await ai.today(portalId)).cost, null, "unknown is not free");
  });

  it("tells an answer from nonsense", async () => {
    const ai = open();
    const faults = [];
    for (const question of ["broken", "wrong", "cut", "huge"]) {
      const answer = await said(ai, question);
      assert.equal(answer.kind, "invalid", question);
      if (answer.kind === "invalid") faults.push(answer.fault);
    }
    assert.match(faults[1]!, /^kind: /);
    assert.match(faults[2]!, /cut off/);
    assert.deepEqual(await said(ai, "no"), { kind: "refusal", text: "I will not." });
    const unscripted = await said(ai, "What is love?");
    assert.ok(unscripted.kind === "refusal" && /scripted model/.test(unscripted.text));
  });

  it("repeats once what the service fumbled, and says what else is wrong", async () => {
    const ai = open();
    server.model.faults.add({ effect: "status", status: 500, delayMs: 0, times: 1 });
    assert.equal((await said(ai, "good")).kind, "answer");
    server.model.faults.add({ effect: "drop", status: 500, delayMs: 0, times: 2 });
    await fails(ask(ai, "good"), "ai_unavailable");
    server.model.faults.add({
      effect: "status",
      status: 429,
      code: "insufficient_quota",
      delayMs: 0,
      times: 1,
    });
    await fails(ask(ai, "good"), "ai_unavailable");
    server.model.faults.add({ effect: "status", status: 429, retryAfter: 42, delayMs: 0, times: 1 });
    await assert.rejects(
      ask(ai, "good"),
      (error: AppError) => error.code === "ai_rate_limited" && error.retryAfter === 42,
    );
    await fails(ask(open({ apiKey: "sk-invalid-key-of-somebody" }), "good"), "ai_credential_rejected");
    await fails(ask(open({ model: "gpt-none" }), "good"), "ai_unavailable");
    await fails(ask(open({ apiKey: undefined, baseUrl: undefined }), "good"), "ai_not_configured");
  });

  it("ends in time, and when the caller leaves", async () => {
    await fails(ask(open({}, 300), "slow"), "ai_timeout");
    const left = new AbortController();
    const asked = ask(open(), "slow", left.signal);
    left.abort(new Error("gone"));
    await assert.rejects(asked, /gone/);
  });

  it("leaves a service alone that is down, then tries it", async () => {
    const ai = open();
    server.model.faults.add({ effect: "status", status: 400, delayMs: 0, times: 3 });
    for (let i = 0; i < 3; i++) await fails(ask(ai, "good"), "ai_unavailable");
    const before = server.model.stats().requests;
    await assert.rejects(
      ask(ai, "good"),
      (error: AppError) => error.code === "ai_unavailable" && error.retryAfter === 30,
    );
    assert.equal(server.model.stats().requests, before, "it was not asked");
    now += 30_000;
    assert.equal((await said(ai, "good")).kind, "answer");
  });

  it("keeps the portal's budget and a person's turns", async () => {
    const ai = open();
    assert.equal(await ai.budget(portalId), 1_000_000);
    await ai.setBudget(portalId, 10);
    await ask(ai, "good");
    await fails(ask(ai, "good"), "ai_over_budget");
    await ai.setBudget(portalId, 0);
    assert.equal((await said(ai, "good")).kind, "answer");
    const person = { portalId, person: "user:1" };
    // Ten a minute, and a minute may end between.
    const turns = await Promise.allSettled(Array.from({ length: 21 }, () => ai.takeTurn(person)));
    const refused = turns.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    assert.ok(refused.length >= 1 && refused.length <= 11, `${refused.length} were refused`);
    assert.ok(refused[0]!.reason instanceof AppError && refused[0]!.reason.retryAfter! <= 60);
    await ai.takeTurn({ portalId, person: "user:2" });
  });
});

describe("rules of the language model", () => {
  it("a breaker lets one call through after its pause", () => {
    let now = 0;
    const breaker = createBreaker({ failures: 2, pauseMs: 10, now: () => now });
    breaker.failed();
    assert.ok(breaker.allows());
    breaker.failed();
    assert.ok(!breaker.allows());
    now = 10;
    assert.deepEqual([breaker.allows(), breaker.allows()], [true, false]);
    breaker.succeeded();
    assert.ok(breaker.allows() && breaker.pauseLeft() === 0);
  });

  it("prices are by the million, dated names by their family, unknown ones unknown", () => {
    const tokens = { prompt: 2_000_000, cached: 1_000_000, completion: 1_000_000 };
    assert.equal(costOf("gpt-4o-mini", tokens), 0.15 + 0.075 + 0.6);
    assert.equal(costOf("gpt-4o-mini-2024-07-18", tokens), costOf("gpt-4o-mini", tokens));
    assert.equal(costOf("llama", tokens), null);
  });

  it("words of others become one short line", () => {
    assert.equal(asData("Новая\n\n\u202eстадия\u0000\u200b"), "Новая стадия");
    assert.equal(asData("x".repeat(500)).length, 80);
    assert.equal(asData("a\u{e0041}b"), "a b");
  });
});
