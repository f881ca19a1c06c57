import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import * as z from "zod";
import { type RunningModel, startModel } from "./index.ts";

const Answer = z.object({ kind: z.enum(["yes", "no"]), note: z.string().nullable() });
const format = zodResponseFormat(Answer, "answer");
const script = [
  {
    question: "Is it?",
    replies: [
      { kind: "text" as const, text: '{"kind": "ye', delayMs: 0 },
      { kind: "json" as const, value: { kind: "yes", note: null }, delayMs: 0 },
    ],
  },
  { question: "cut", replies: [{ kind: "cut" as const, text: '{"ki', delayMs: 0 }] },
  { question: "huge", replies: [{ kind: "huge" as const, bytes: 3_000_000, delayMs: 0 }] },
  { question: "slow", replies: [{ kind: "text" as const, text: "late", delayMs: 60_000 }] },
];

describe("the scripted model, by the official client", () => {
  let server: RunningModel;
  let openai: OpenAI;
  before(async () => {
    server = await startModel({ script });
    openai = new OpenAI({ apiKey: "sk-any", baseURL: server.baseUrl, maxRetries: 0 });
  });
  beforeEach(() => server.model.reset());
  after(() => server.close());

  const user = (content: string) => ({ role: "user" as const, content });
  const ask = (content: string, ...more: OpenAI.ChatCompletionMessageParam[]) =>
    openai.chat.completions.create({
      model: "gpt-4o-mini",
      messages: [{ role: "system", content: "Rules." }, user(content), ...more],
      response_format: format,
    });
  const control = (path: string, body?: unknown) =>
    fetch(new URL(`/_emulator/${path}`, server.baseUrl), {
      method: body === undefined ? "GET" : "POST",
      body: body === undefined ? null : JSON.stringify(body),
    });
  const status = async (run: Promise<unknown>) => {
    try {
      await run;
      return 200;
    } catch (error) {
      return (error as { status?: number }).status;
    }
  };

  it("answers by question and attempt, with usage", async () => {
    const first = await ask('{"question": "is IT"}');
    assert.equal(first.choices[0]!.message.content, '{"kind": "ye');
    assert.ok(first.usage!.prompt_tokens > 0 && first.usage!.completion_tokens > 0);
    assert.equal(first.usage!.total_tokens, first.usage!.prompt_tokens + first.usage!.completion_tokens);
    const sentBack = { role: "assistant" as const, content: "…" };
    const second = await ask('{"question": "Is it?"}', sentBack, user("answer_invalid: not JSON"));
    assert.deepEqual(Answer.parse(JSON.parse(second.choices[0]!.message.content!)), {
      kind: "yes",
      note: null,
    });
    assert.equal(server.model.stats().answered, 2);
    assert.equal(server.model.requests().length, 2);
  });

  it("is parsed by the client's structured outputs", async () => {
    const messages = [user("is it"), { role: "assistant" as const, content: "…" }];
    const parsed = await openai.chat.completions.parse({
      model: "b24kit-scripted",
      messages,
      response_format: format,
    });
    assert.deepEqual(parsed.choices[0]!.message.parsed, { kind: "yes", note: null });
  });

  it("streams, usage last", async () => {
    const stream = openai.chat.completions.stream({
      model: "gpt-4o-mini",
      messages: [user("is it")],
      stream_options: { include_usage: true },
    });
    let pieces = 0;
    stream.on("content", () => void pieces++);
    const done = await stream.finalChatCompletion();
    assert.equal(done.choices[0]!.message.content, '{"kind": "ye');
    assert.ok(pieces >= 1 && done.usage!.total_tokens > 0);
  });

  it("says that it is a script where it has no answer", async () => {
    const { message, finish_reason } = (await ask("What is the meaning of life?")).choices[0]!;
    assert.match(message.refusal!, /scripted model/);
    assert.deepEqual([message.content, finish_reason], [null, "stop"]);
  });

  it("cuts, and floods", async () => {
    assert.equal((await ask("cut")).choices[0]!.finish_reason, "length");
    assert.equal((await ask("huge")).choices[0]!.message.content!.length, 3_000_000);
  });

  it("stops when the client leaves", async () => {
    const signal = AbortSignal.timeout(100);
    await assert.rejects(
      openai.chat.completions.create({ model: "gpt-4o-mini", messages: [user("slow")] }, { signal }),
    );
  });

  it("lists its models and refuses others", async () => {
    assert.deepEqual(
      (await openai.models.list()).data.map(({ id }) => id),
      ["gpt-4o-mini", "b24kit-scripted"],
    );
    const unknown = openai.chat.completions.create({ model: "gpt-9", messages: [user("hi")] });
    assert.equal(await status(unknown), 404);
  });

  it("refuses a wrong key and a schema that is not strict", async () => {
    const stranger = new OpenAI({ apiKey: "sk-invalid-1", baseURL: server.baseUrl, maxRetries: 0 });
    await assert.rejects(stranger.models.list(), { status: 401, code: "invalid_api_key" });
    const loose = {
      type: "object",
      properties: { a: { type: "string" } },
      required: [],
      additionalProperties: false,
    };
    const request = openai.chat.completions.create({
      model: "gpt-4o-mini",
      messages: [user("hi")],
      response_format: { type: "json_schema", json_schema: { name: "x", strict: true, schema: loose } },
    });
    await assert.rejects(request, (error: Error) => /required.*Missing 'a'/.test(error.message));
  });

  it("fails as it is told, once, and then works", async () => {
    await control("faults", { effect: "status", status: 429, retryAfter: 7, code: "rate_limit_exceeded" });
    await assert.rejects(ask("cut"), (error: InstanceType<typeof OpenAI.RateLimitError>) => {
      assert.deepEqual(
        [error.status, error.code, error.headers.get("retry-after")],
        [429, "rate_limit_exceeded", "7"],
      );
      return true;
    });
    await control("faults", { effect: "status", status: 500, match: "cut" });
    await control("faults", { effect: "drop", match: "cut" });
    assert.equal(await status(ask("is it")), 200);
    assert.equal(await status(ask("cut")), 500);
    await assert.rejects(ask("cut"), OpenAI.APIConnectionError);
    assert.equal(await status(ask("cut")), 200);
    assert.equal(server.model.stats().faultsMade, 3);
  });

  it("takes a script over HTTP, and says what is wrong with one", async () => {
    const entry = { question: "New", replies: [{ kind: "text", text: "new" }] };
    assert.equal((await control("script", [entry])).status, 200);
    assert.equal((await ask("new!")).choices[0]!.message.content, "new");
    const wrong = await control("script", [{ question: "x", replies: [] }]);
    assert.deepEqual([wrong.status, ((await wrong.json()) as { error: string }).error], [400, "bad_input"]);
    assert.equal((await control("nothing")).status, 404);
    await control("reset", {});
    assert.match((await ask("new")).choices[0]!.message.refusal!, /scripted/);
  });
});
