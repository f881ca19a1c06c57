import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { json, type Loopback, serve } from "../test/loopback.ts";
import { createClient } from "./client.ts";
import type { B24Error } from "./transport/errors.ts";

let loopback: Loopback | undefined;
afterEach(() => loopback?.close());

const problem = {
  type: "/docs#query_timeout",
  code: "query_timeout",
  title: "The query took too long",
  status: 504,
  detail: "",
  remedy: "Narrow it.",
  requestId: "r1",
};

async function asking(...chunks: string[]) {
  loopback = await serve(async ({ response }) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    for (const chunk of chunks) {
      response.write(chunk);
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  });
  const phases: string[] = [];
  const client = createClient({ baseUrl: loopback.url, portal: "a.bitrix24.ru" });
  const answer = client.charts.ask(
    { question: "Сколько сделок?" },
    { onPhase: (phase) => phases.push(phase) },
  );
  return { answer, phases, seen: loopback.seen };
}

describe("asking", () => {
  it("tells the phases as they come and returns the answer, however the lines are cut", async () => {
    const line = `${JSON.stringify({ answer: { kind: "refuse", id: "1", text: "Нет звонков" } })}`;
    const { answer, phases, seen } = await asking('{"phase":"thin', 'king"}\n{"phase":"running"}\n', line);
    assert.deepEqual(await answer, { kind: "refuse", id: "1", text: "Нет звонков" });
    assert.deepEqual(phases, ["thinking", "running"]);
    assert.equal(seen[0]?.url, "/api/v1/charts/ask?portal=a.bitrix24.ru");
    assert.deepEqual(JSON.parse(seen[0]?.body ?? ""), { question: "Сколько сделок?" });
  });

  it("rejects with a problem that comes after phases, and where no answer comes", async () => {
    const failed = await asking('{"phase":"running"}\n', `${JSON.stringify({ problem })}\n`);
    await assert.rejects(failed.answer, (error: B24Error) => error.code === "query_timeout");
    await loopback?.close();
    const cut = await asking('{"phase":"running"}\n');
    await assert.rejects(cut.answer, (error: B24Error) => error.code === "api_answer_broken");
  });
});

describe("a shared dashboard", () => {
  it("is read with the link's own token", async () => {
    loopback = await serve(({ url, response }) => {
      if (url === "/api/v1/charts/shared") json(response, { token: "short", dashboard: "d", portal: 1 });
      else json(response, { dashboard: { id: "d" }, charts: [] });
    });
    const { boards } = createClient({ baseUrl: loopback.url }).charts;
    const { token, dashboard } = await boards.open("signed", "password");
    await boards.dashboard(dashboard, { token });
    assert.equal(loopback.seen[0]?.headers.authorization, undefined);
    assert.equal(loopback.seen[1]?.headers.authorization, "Bearer short");
  });
});
