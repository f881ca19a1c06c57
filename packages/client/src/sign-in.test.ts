import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { json, type Loopback, problem, type Seen, serve } from "../test/loopback.ts";
import { VirtualTiming } from "../test/virtual-timing.ts";
import { createClient } from "./client.ts";
import type { B24Error } from "./transport/errors.ts";

let loopback: Loopback | undefined;
afterEach(() => loopback?.close());

/** API and sign-in service in one: the service answers below /auth. */
async function setUp(grant: (seen: Seen) => void, methods = ["key", "password"]) {
  loopback = await serve((seen) => {
    if (seen.url.startsWith("/auth/")) return grant(seen);
    const supabase = methods.includes("password") ? { supabaseUrl: loopback?.url, anonKey: "anon" } : {};
    json(seen.response, { methods, ...supabase });
  });
  const timing = new VirtualTiming();
  return { client: createClient({ baseUrl: loopback.url, timing }), timing, seen: loopback.seen };
}

const failure = (code: string, detail: RegExp) => (error: B24Error) => {
  assert.equal(error.code, code);
  assert.match(error.detail, detail);
  return true;
};

describe("sign-in by password", () => {
  it("asks the service that the API names, and tells when the token ends", async () => {
    const { client, timing, seen } = await setUp(({ response }) =>
      json(response, { access_token: "a", refresh_token: "r", expires_in: 3600 }),
    );
    const session = await client.signIn.withPassword("a@b.ru", "secret");
    const expiresAt = new Date(timing.now() + 3_600_000).toISOString();
    assert.deepEqual(session, { token: "a", refreshToken: "r", expiresAt });
    const request = seen.at(-1);
    assert.equal(request?.url, "/auth/v1/token?grant_type=password");
    assert.equal(request.headers.apikey, "anon");
    assert.deepEqual(JSON.parse(request.body), { email: "a@b.ru", password: "secret" });
  });

  it("renews by the refresh token", async () => {
    const { client, seen } = await setUp(({ response }) =>
      json(response, { access_token: "b", refresh_token: "r2", expires_in: 60 }),
    );
    assert.equal((await client.signIn.renew({ refreshToken: "r" })).token, "b");
    assert.equal(seen.at(-1)?.url, "/auth/v1/token?grant_type=refresh_token");
    assert.deepEqual(JSON.parse(seen.at(-1)?.body ?? ""), { refresh_token: "r" });
  });

  it("can be what the page's own token comes from", async () => {
    const { timing } = await setUp(({ response }) =>
      json(response, { access_token: "c", refresh_token: "r3", expires_in: 60 }),
    );
    const client = createClient({
      baseUrl: loopback?.url ?? "",
      timing,
      getToken: () => client.signIn.renew({ refreshToken: "r2" }),
    });
    await client.whoami();
    assert.equal(loopback?.seen.at(-1)?.headers.authorization, "Bearer c");
  });

  it("tells a wrong password from a service that fails", async () => {
    let status = 400;
    const { client } = await setUp(({ response }) =>
      json(response, { error_code: "invalid_credentials", msg: "Invalid login credentials" }, status),
    );
    await assert.rejects(client.signIn.withPassword("a", "b"), failure("sign_in_refused", /invalid_cred/));
    status = 500;
    await assert.rejects(client.signIn.withPassword("a", "b"), failure("sign_in_unavailable", /./));
  });

  it("is unavailable where the API has none, or the service gives no token", async () => {
    const none = await setUp(() => assert.fail("asked"), ["key"]);
    await assert.rejects(
      none.client.signIn.withPassword("a", "b"),
      failure("sign_in_unavailable", /no sign-in/),
    );
    await loopback?.close();
    const odd = await setUp(({ response }) => json(response, "<html>"));
    await assert.rejects(
      odd.client.signIn.withPassword("a", "b"),
      failure("sign_in_unavailable", /no token/),
    );
  });
});

describe("a refused token", () => {
  it("is told to the page, once nothing else can be had", async () => {
    loopback = await serve(({ response, headers }) =>
      headers.authorization === "Bearer good"
        ? json(response, {})
        : problem(response, 401, "unauthenticated"),
    );
    const refused: unknown[] = [];
    const tokens = ["bad", "good", "worse", "worse"];
    const client = createClient({
      baseUrl: loopback.url,
      getToken: () => tokens.shift(),
      onRefused: (error) => refused.push((error as B24Error).code),
    });
    await client.whoami();
    assert.equal(refused.length, 0, "another token was good");
    const second = createClient({
      baseUrl: loopback.url,
      getToken: () => "revoked",
      onRefused: (error) => refused.push((error as B24Error).code),
    });
    await assert.rejects(second.whoami());
    assert.deepEqual(refused, ["unauthenticated"]);
  });
});
