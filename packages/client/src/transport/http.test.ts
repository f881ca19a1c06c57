import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { json, type Loopback, problem, type Seen, serve } from "../../test/loopback.ts";
import { until, VirtualTiming } from "../../test/virtual-timing.ts";
import { createClient } from "../client.ts";
import {
  ConflictError,
  type ConnectionError,
  ForbiddenError,
  InvalidRequestError,
  NotFoundError,
  ServerError,
  TooManyRequestsError,
  UnauthenticatedError,
} from "./errors.ts";
import type { GetToken } from "./token.ts";

let loopback: Loopback | undefined;
afterEach(() => loopback?.close());

async function setUp(answer: (seen: Seen) => void, getToken: GetToken = () => "key-1", portal?: string) {
  loopback = await serve(answer);
  const timing = new VirtualTiming();
  const client = createClient({ baseUrl: loopback.url, getToken, portal, timing });
  return { client, timing, seen: loopback.seen };
}

const ok = ({ response }: Seen) => json(response, { portal: "p", entities: [] });

describe("requests", () => {
  it("carry path, query, body, token and the client's portal", async () => {
    const { client, seen } = await setUp(
      ({ response }) => json(response, { id: 1 }, 202),
      undefined,
      "a.example:81",
    );
    await client.sync.start("deal", { sync_type: "incremental" });
    const [request] = seen;
    assert.equal(request?.method, "POST");
    assert.equal(request.url, "/api/v1/sync/start/deal?portal=a.example%3A81");
    assert.equal(request.headers.authorization, "Bearer key-1");
    assert.deepEqual(JSON.parse(request.body), { sync_type: "incremental" });
  });

  it("name another portal when asked, and keep a sub-folder of the address", async () => {
    const { seen } = await setUp(ok);
    const client = createClient({ baseUrl: `${loopback?.url}/b24/`, portal: "one" });
    await client.sync.status({ portal: "two" });
    assert.equal(seen[0]?.url, "/b24/api/v1/sync/status?portal=two");
    assert.equal(seen[0].headers.authorization, undefined);
  });
});

describe("errors", () => {
  const classes: [number, string, unknown][] = [
    [400, "portal_required", InvalidRequestError],
    [401, "unauthenticated", UnauthenticatedError],
    [403, "forbidden", ForbiddenError],
    [404, "unknown_query", NotFoundError],
    [409, "run_active", ConflictError],
    [422, "limit_too_large", InvalidRequestError],
    [429, "too_many_requests", TooManyRequestsError],
    [500, "internal", ServerError],
    [502, "portal_unreachable", ServerError],
  ];
  for (const [status, code, Class] of classes) {
    it(`${status} ${code} becomes ${(Class as { name: string }).name}, once asked`, async () => {
      const { client, seen } = await setUp(({ response }) => problem(response, status, code));
      await assert.rejects(client.sync.status(), (error: ServerError) => {
        assert.ok(error instanceof (Class as typeof ServerError));
        assert.deepEqual(
          [error.code, error.status, error.detail, error.remedy, error.requestId],
          [code, status, "D", "R", "req-1"],
        );
        return true;
      });
      assert.equal(seen.length, 1);
    });
  }

  it("tell a page of something else from an answer of ours", async () => {
    const { client } = await setUp(({ response }) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<p>hi"),
    );
    await assert.rejects(client.sync.status(), { code: "api_answer_invalid", name: "ConnectionError" });
  });

  it("name an API that cannot be reached, and never a token", async () => {
    const { client, timing } = await setUp(ok);
    await loopback?.close();
    const asked = assert.rejects(client.sync.status(), (error: ConnectionError) => {
      assert.equal(error.code, "api_unreachable");
      assert.doesNotMatch(JSON.stringify(error) + error.stack, /key-1/);
      return true;
    });
    for (const wait of [375, 750]) {
      await until(() => timing.sleeping(wait));
      timing.advance(wait);
    }
    await asked;
  });

  it("name an API that answers too late", async () => {
    const { client } = await setUp(() => {});
    await assert.rejects(client.sync.start("deal", {}, { timeout: 20 }), { code: "api_timeout" });
  });

  it("leave an abort what it is", async () => {
    const { client, seen } = await setUp(() => {});
    const abort = new AbortController();
    const asked = assert.rejects(client.sync.status({ signal: abort.signal }), { name: "AbortError" });
    await until(() => seen.length === 1);
    abort.abort();
    await asked;
  });
});

describe("repeats", () => {
  it("a read waits as long as Retry-After says and asks again", async () => {
    let asked = 0;
    const { client, timing } = await setUp((seen) => {
      asked += 1;
      if (asked === 1) problem(seen.response, 503, "database_unavailable", { "retry-after": "2" });
      else ok(seen);
    });
    const answer = client.sync.status();
    await until(() => timing.sleeping(2000));
    timing.advance(2000);
    assert.equal((await answer).portal, "p");
    assert.equal(asked, 2);
  });

  it("a read outlives a gateway's page while the API restarts, but not for ever", async () => {
    const html = ({ response }: Seen) =>
      response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway");
    const { client, timing, seen } = await setUp(html);
    const asked = assert.rejects(client.sync.status(), { code: "interrupted", status: 502 });
    for (const wait of [375, 750]) {
      await until(() => timing.sleeping(wait));
      timing.advance(wait);
    }
    await asked;
    assert.equal(seen.length, 3);
  });

  it("a long Retry-After is the caller's to wait for", async () => {
    const { client, seen } = await setUp(({ response }) =>
      problem(response, 503, "portal_blocked", { "retry-after": "60" }),
    );
    await assert.rejects(client.sync.status(), { code: "portal_blocked", retryAfter: 60 });
    assert.equal(seen.length, 1);
  });

  it("a write is never repeated", async () => {
    const { client, seen } = await setUp(({ response }) => problem(response, 503, "database_unavailable"));
    await assert.rejects(client.sync.start("deal"), { code: "database_unavailable" });
    assert.equal(seen.length, 1);
  });
});

describe("tokens", () => {
  const numbered = () => {
    let count = 0;
    const getToken = () => Promise.resolve(`token-${++count}`);
    return { getToken, count: () => count };
  };
  const acceptOnly = (token: string) => (seen: Seen) => {
    if (seen.headers.authorization === `Bearer ${token}`) ok(seen);
    else problem(seen.response, 401, "token_expired");
  };

  it("are asked for once by many requests, and renewed once when refused", async () => {
    const tokens = numbered();
    const { client, seen } = await setUp(acceptOnly("token-2"), tokens.getToken);
    await Promise.all(Array.from({ length: 5 }, () => client.sync.status()));
    assert.equal(tokens.count(), 2);
    assert.equal(seen.length, 10);
  });

  it("are given up when the new one is refused too", async () => {
    const tokens = numbered();
    const { client } = await setUp(acceptOnly("never"), tokens.getToken);
    await assert.rejects(client.sync.status(), { code: "token_expired", status: 401 });
    assert.equal(tokens.count(), 2);
  });

  it("are not sent twice when there is no other", async () => {
    const { client, seen } = await setUp(acceptOnly("never"));
    await assert.rejects(client.sync.status(), { status: 401 });
    assert.equal(seen.length, 1);
  });

  it("are renewed before they end", async () => {
    const timing = new VirtualTiming();
    let count = 0;
    const getToken = () => ({
      token: `t${++count}`,
      expiresAt: new Date(timing.now() + 300_000).toISOString(),
    });
    loopback = await serve(ok);
    const client = createClient({ baseUrl: loopback.url, getToken, timing });
    await client.sync.status();
    timing.advance(269_000);
    await client.sync.status();
    timing.advance(2000);
    await client.sync.status();
    assert.deepEqual(
      loopback.seen.map(({ headers }) => headers.authorization),
      ["Bearer t1", "Bearer t1", "Bearer t2"],
    );
  });

  it("that cannot be had are an error with a remedy", async () => {
    const { client } = await setUp(ok, () => Promise.reject(new Error("login page closed")));
    await assert.rejects(client.sync.status(), (error: ConnectionError) => {
      assert.equal(error.code, "token_unavailable");
      assert.match(error.message, /login page closed/);
      return true;
    });
  });
});

describe("streams", () => {
  it("take a wrong media type for what it is", async () => {
    const { client } = await setUp(ok);
    await assert.rejects(client.queries.csv("deals"), { code: "api_answer_invalid" });
  });

  it("give CSV with the query's own parameters", async () => {
    const { client, seen } = await setUp(({ response }) =>
      response.writeHead(200, { "content-type": "text/csv" }).end("id\n1\n"),
    );
    const csv = await client.queries.csv("deals", { limit: 5, stage: "NEW", none: undefined });
    assert.equal(await csv.text(), "id\n1\n");
    assert.equal(seen[0]?.url, "/api/v1/queries/deals?limit=5&stage=NEW");
  });
});
