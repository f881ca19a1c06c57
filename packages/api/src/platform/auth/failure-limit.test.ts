import assert from "node:assert/strict";
import { test } from "node:test";
import type { Database } from "../db/database.ts";
import { AppError } from "../http/app-error.ts";
import { createLogger } from "../log/logger.ts";
import { createAuth } from "./authenticate.ts";
import { createFailureLimit } from "./failure-limit.ts";

test("a bucket of failures empties by use and fills by time, each address its own", () => {
  let now = 0;
  const limit = createFailureLimit({ burst: 3, refillMs: 1_000, now: () => now });
  for (let i = 0; i < 3; i += 1) {
    limit.check("a");
    limit.fail("a");
  }
  assert.throws(
    () => limit.check("a"),
    (error: AppError) => error.code === "too_many_requests" && error.retryAfter === 1,
  );
  limit.check("b");
  now = 1_000;
  limit.check("a");
  limit.fail("a");
  assert.throws(() => limit.check("a"), AppError);
});

test("what is remembered is bounded", () => {
  const limit = createFailureLimit({ burst: 1, refillMs: 1_000, now: () => 0, capacity: 2 });
  for (const address of ["a", "b", "c"]) limit.fail(address);
  limit.check("a");
  assert.throws(() => limit.check("b"), AppError);
  assert.throws(() => limit.check("c"), AppError);
});

test("someone who guesses is stopped; who has signed in before from the same address is not", async () => {
  const key = "the-right-key-of-forty-characters-length";
  const auth = createAuth({
    db: {} as Database,
    log: createLogger({ level: "silent", form: "json" }),
    now: () => 0,
    apiKey: key,
    pageTokens: null,
    supabase: null,
    failures: createFailureLimit({ burst: 5, refillMs: 1_000, now: () => 0 }),
  });
  const codeOf = (token: string, address = "proxy") =>
    auth.fromToken(token, address).then(
      () => "ok",
      (error: AppError) => error.code,
    );
  assert.equal(await codeOf(key), "ok");
  for (let i = 0; i < 5; i += 1) assert.equal(await codeOf(`guess-${i}`), "unauthenticated");
  assert.equal(await codeOf("guess-6"), "too_many_requests");
  assert.equal(await codeOf(key), "ok");
  assert.equal(await codeOf("guess-7", "elsewhere"), "unauthenticated");
});
