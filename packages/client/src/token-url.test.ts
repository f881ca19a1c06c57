import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { json, type Loopback, type Seen, serve } from "../test/loopback.ts";
import { tokenFrom } from "./token-url.ts";

let loopback: Loopback | undefined;
afterEach(() => loopback?.close());

async function answering(answer: (seen: Seen) => void) {
  loopback = await serve(answer);
  return { getToken: tokenFrom(`${loopback.url}/token`), seen: loopback.seen };
}

describe("a token address", () => {
  it("is posted to and answers a token with its end", async () => {
    const answer = { token: "t", expiresAt: "2026-05-12T09:00:00Z" };
    const { getToken, seen } = await answering(({ response }) => json(response, answer));
    assert.deepEqual(await getToken(), answer);
    assert.equal(seen[0]?.method, "POST");
  });

  const wrong: [string, (seen: Seen) => void, RegExp][] = [
    ["a refusal", ({ response }) => json(response, {}, 403), /answered 403/],
    ["a page of HTML", ({ response }) => response.end("<html>"), /POST http/],
    [
      "an answer without an end",
      ({ response }) => json(response, { token: "secret-1" }),
      /no \{token, expiresAt\}/,
    ],
  ];
  for (const [name, answer, message] of wrong) {
    it(`that gives ${name} is an error in words, without the token`, async () => {
      const { getToken } = await answering(answer);
      await assert.rejects(Promise.resolve(getToken()), (error: Error & { code: string }) => {
        assert.equal(error.code, "token_unavailable");
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /secret-1/);
        return true;
      });
    });
  }
});
