import assert from "node:assert/strict";
import { test } from "node:test";
import type { Endpoint } from "@b24kit/client/contract";
import { z } from "zod";
import type { Caller } from "../auth/caller.ts";
import { createLogger } from "../log/logger.ts";
import { AppError } from "./app-error.ts";
import { mount } from "./mount.ts";
import { createOrigins } from "./origins.ts";
import { createShell } from "./shell.ts";

const thing = {
  id: "thing",
  method: "post",
  path: "/things/{kind}",
  tag: "test",
  summary: "A thing",
  access: "sync:run",
  params: z.object({ kind: z.enum(["deal", "lead"]) }),
  query: z.object({ limit: z.coerce.number().int().min(1).optional() }),
  body: z.object({ name: z.string(), inner: z.object({ a: z.number() }).optional() }),
  status: 201,
  response: z.object({ kind: z.string(), name: z.string(), limit: z.number().nullable() }),
} as const satisfies Endpoint;

function appFor(caller: Caller | null) {
  const app = createShell({
    log: createLogger({ level: "silent", form: "json" }),
    origins: createOrigins([], undefined),
    checkAnswers: true,
    authenticate: async () => {
      if (!caller) throw new AppError("unauthenticated");
      return caller;
    },
  });
  mount(app, thing, ({ params, query, body }) => ({
    kind: params.kind,
    name: body.name,
    limit: query.limit ?? null,
  }));
  return app;
}

const key: Caller = { kind: "key", subject: "k", rights: new Set(["sync:run"]), portals: "all" };
const json = (body: unknown) => ({
  method: "POST",
  body: JSON.stringify(body),
  headers: { "Content-Type": "application/json" },
});

test("a valid request reaches the handler typed, and its answer has the contract's status", async () => {
  const answer = await appFor(key).request("/things/deal?limit=3", json({ name: "x" }));
  assert.equal(answer.status, 201);
  assert.deepEqual(await answer.json(), { kind: "deal", name: "x", limit: 3 });
});

const refusals: [string, string, RequestInit, string, RegExp][] = [
  [
    "a wrong path value",
    "/things/dael",
    json({ name: "x" }),
    "invalid_parameter",
    /path kind: .*"deal"\|"lead"/,
  ],
  ["a wrong query value", "/things/deal?limit=zero", json({ name: "x" }), "invalid_parameter", /query limit/],
  [
    "a repeated query key",
    "/things/deal?limit=1&limit=2",
    json({ name: "x" }),
    "invalid_parameter",
    /query limit/,
  ],
  ["an unknown query key", "/things/deal?limt=1", json({ name: "x" }), "invalid_parameter", /query: .*limt/],
  ["a missing body value", "/things/deal", json({}), "invalid_parameter", /body name/],
  ["an unknown body key", "/things/deal", json({ name: "x", nmae: 1 }), "invalid_parameter", /nmae/],
  [
    "an unknown nested key",
    "/things/deal",
    json({ name: "x", inner: { a: 1, b: 2 } }),
    "invalid_parameter",
    /body inner: .*"b"/,
  ],
  ["no body", "/things/deal", { method: "POST" }, "invalid_parameter", /body/],
  ["broken JSON", "/things/deal", { ...json({}), body: "{" }, "bad_request", /not valid JSON/],
  [
    "a form",
    "/things/deal",
    { method: "POST", body: new URLSearchParams({ name: "x" }) },
    "bad_request",
    /Content-Type/,
  ],
];

for (const [what, path, init, code, detail] of refusals) {
  test(`${what} is refused by name`, async () => {
    const answer = await appFor(key).request(path, init);
    const problem = (await answer.json()) as { code: string; detail: string; requestId: string };
    assert.equal(answer.status, 400);
    assert.equal(answer.headers.get("Content-Type"), "application/problem+json");
    assert.equal(problem.code, code);
    assert.match(problem.detail, detail);
    assert.equal(problem.requestId, answer.headers.get("X-Request-Id"));
  });
}

test("a stranger is refused before validation, a caller without the right by its name", async () => {
  const stranger = await appFor(null).request("/things/dael", json({}));
  assert.equal(stranger.status, 401);
  assert.match(stranger.headers.get("WWW-Authenticate") ?? "", /Bearer/);
  const reader = await appFor({ ...key, rights: new Set(["data:read"]) }).request("/things/dael", json({}));
  assert.equal(reader.status, 403);
  assert.match(((await reader.json()) as { detail: string }).detail, /sync:run/);
});

test("admin implies every right", async () => {
  const answer = await appFor({ ...key, rights: new Set(["admin"]) }).request(
    "/things/lead",
    json({ name: "x" }),
  );
  assert.equal(answer.status, 201);
});

test("a body over 1 MB is refused", async () => {
  const answer = await appFor(key).request("/things/deal", json({ name: "x".repeat(1_100_000) }));
  assert.equal(answer.status, 413);
  assert.equal(((await answer.json()) as { code: string }).code, "payload_too_large");
});

test("an unexpected error tells the caller nothing but the request id", async () => {
  const app = appFor(key);
  app.get("/boom", () => {
    throw new Error("password=hunter2");
  });
  const answer = await app.request("/boom");
  const text = await answer.text();
  assert.equal(answer.status, 500);
  assert.match(text, /"code":"internal"/);
  assert.doesNotMatch(text, /hunter2/);
});

test("an unknown address is a problem too", async () => {
  const answer = await appFor(key).request("/api/v1/nothing");
  assert.equal(answer.status, 404);
  assert.equal(((await answer.json()) as { code: string }).code, "not_found");
});
