import assert from "node:assert/strict";
import { test } from "node:test";
import { PortalError } from "./errors.ts";
import { broken, CODE, json, openScripted, page, type Step } from "./test/scripted.ts";

const failed = async (work: Promise<unknown>): Promise<PortalError> => {
  const error = await work.then(
    () => assert.fail("it did not fail"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PortalError, String(error));
  return error;
};
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

test("posts JSON with our name and reads the envelope", async () => {
  const time = {
    start: 1.5,
    finish: 2.5,
    duration: 1,
    processing: "0.5",
    date_start: "2026-01-15T12:00:00+03:00",
    operating: 0.7,
    operating_reset_at: 1_768_000_000,
  };
  const { client, sent } = openScripted([json({ result: [{ ID: "1" }], total: 120, next: 50, time })]);
  const answer = await client.call("crm.deal.list", { filter: { ">ID": 3 } });
  assert.deepEqual(answer.result, [{ ID: "1" }]);
  assert.deepEqual([answer.total, answer.next], [120, 50]);
  assert.deepEqual([answer.time?.processing, answer.time?.operating], [0.5, 0.7]);
  assert.equal(sent[0]?.url, `https://acme.bitrix24.ru/rest/1/${CODE}/crm.deal.list`);
  assert.deepEqual(sent[0]?.body, { filter: { ">ID": 3 } });
  assert.equal(sent[0]?.headers.get("user-agent"), "b24kit/0.1");
  assert.equal(sent[0]?.headers.get("content-type"), "application/json");
});

const answers: [what: string, status: number, body: unknown, code: string, words: RegExp][] = [
  ["empty code", 400, { error: "", error_description: "Not found" }, "portal_error", /Not found/],
  ["empty code with HTTP 200", 200, { error: "", error_description: "Oops" }, "portal_error", /Oops/],
  ["error beside a result", 200, { result: null, error: "X" }, "portal_error", /X/],
  [
    "lines of HTML",
    400,
    { error: "", error_description: "One<br>Two\nThree" },
    "portal_error",
    /One; Two; Three/,
  ],
  [
    "denied in words",
    400,
    { error: "", error_description: "Access denied." },
    "portal_access_denied",
    /denied/,
  ],
  ["upper case", 401, { error: "EXPIRED_TOKEN" }, "portal_token_expired", /EXPIRED/],
  ["wrong webhook", 401, { error: "INVALID_CREDENTIALS" }, "portal_credential_rejected", /401/],
  ["no auth", 401, { error: "NO_AUTH_FOUND" }, "portal_credential_rejected", /401/],
  ["deleted portal", 500, { error: "PORTAL_DELETED" }, "portal_credential_rejected", /DELETED/],
  ["fired user", 401, { error: "authorization_error" }, "portal_user_inactive", /authorization/],
  [
    "scope, 403",
    403,
    { error: "insufficient_scope", error_description: "" },
    "insufficient_scope",
    /missing scope: crm/,
  ],
  ["scope, 401", 401, { error: "insufficient_scope" }, "insufficient_scope", /missing scope: crm/],
  [
    "no plan",
    403,
    { error: "ACCESS_DENIED", error_description: "REST is available only on commercial plans." },
    "portal_plan_required",
    /plans/,
  ],
  ["unpaid", 401, { error: "PAYMENT_REQUIRED" }, "portal_plan_required", /PAYMENT/],
  ["no right", 400, { error: "ACCESS_DENIED" }, "portal_access_denied", /ACCESS/],
  ["no such method", 404, { error: "ERROR_METHOD_NOT_FOUND" }, "portal_method_missing", /FOUND/],
  ["blocked", 503, { error: "OVERLOAD_LIMIT" }, "portal_blocked", /OVERLOAD/],
  [
    "plain http",
    400,
    { error: "INVALID_REQUEST", error_description: "Https required." },
    "portal_url_invalid",
    /Https/,
  ],
  ["digits", 400, { error: 100, error_description: "Bad" }, "portal_error", /Bad \(100/],
  [
    "REST 3",
    400,
    { error: { code: "BITRIX_REST_V3_X", message: "Field" } },
    "portal_error",
    /Field \(BITRIX_REST_V3_X/,
  ],
  ["unknown with 401", 401, { error: "SOMETHING" }, "portal_credential_rejected", /SOMETHING/],
  ["another JSON", 200, { hello: 1 }, "portal_answer_invalid", /without a result/],
  ["a JSON list", 200, [1], "portal_answer_invalid", /without a result/],
  ["JSON of another server", 404, { message: "no route" }, "portal_not_bitrix", /404/],
];
for (const [what, status, body, code, words] of answers) {
  test(`answer: ${what}`, async () => {
    const { client, sent } = openScripted([json(body, status)]);
    const error = await failed(client.call("crm.deal.list"));
    assert.equal(error.code, code);
    assert.match(error.detail, words);
    assert.match(error.detail, /^crm\.deal\.list: /);
    assert.equal(error.method, "crm.deal.list");
    assert.equal(error.status, status);
    assert.equal(sent.length, 1);
  });
}

const shapeless: [string, () => Response, string, number][] = [
  ["a page with 200", () => page(200), "portal_not_bitrix", 4],
  ["a page with 404", () => page(404), "portal_not_bitrix", 1],
  ["a gateway's page", () => page(502), "portal_unreachable", 4],
  ["an empty body", () => new Response("", { status: 200 }), "portal_not_bitrix", 4],
  ["an empty 503", () => new Response("", { status: 503 }), "portal_unreachable", 4],
  ["half a JSON", () => new Response('{"result":[', { status: 200 }), "portal_not_bitrix", 4],
];
for (const [what, make, code, requests] of shapeless) {
  test(`instead of an answer: ${what}`, async () => {
    const { client, sent } = openScripted(times(4, make));
    assert.equal((await failed(client.call("crm.deal.list"))).code, code);
    assert.equal(sent.length, requests);
  });
}

const ok = () => json({ result: 7 });
const limited = () => json({ error: "QUERY_LIMIT_EXCEEDED" }, 503);

test("reads are repeated after breaks; the caller hears of each", async () => {
  const heard: string[] = [];
  const { client, sent } = openScripted([
    broken("ECONNRESET"),
    page(502),
    json({ error: "INTERNAL_SERVER_ERROR" }, 500),
    ok(),
  ]);
  const answer = await client.call("crm.deal.list", {}, { onRetry: (error) => heard.push(error.code) });
  assert.equal(answer.result, 7);
  assert.equal(sent.length, 4);
  assert.deepEqual(heard, ["portal_unreachable", "portal_unreachable", "portal_error"]);
});

test("a write is repeated only when it certainly was not carried out", async () => {
  const refused: Step[] = [broken("ECONNREFUSED"), limited(), json({ error: "OPERATION_TIME_LIMIT" }, 429)];
  for (const step of refused) {
    const { client, sent } = openScripted([step, ok()]);
    assert.equal((await client.call("crm.deal.add", {}, { priority: "background" })).result, 7);
    assert.equal(sent.length, 2);
  }
  const unknown: Step[] = [
    broken("ECONNRESET"),
    page(502),
    page(200),
    json({ error: "INTERNAL_SERVER_ERROR" }, 500),
    json({ x: 1 }),
  ];
  for (const step of unknown) {
    const { client, sent } = openScripted([step]);
    const error = await failed(client.call("crm.deal.add"));
    assert.equal(error.code, "write_outcome_unknown");
    assert.equal(error.outcome, "unknown");
    assert.equal(sent.length, 1);
  }
});

test("a write that its caller calls idempotent is repeated like a read", async () => {
  const { client } = openScripted([broken("ECONNRESET"), ok()]);
  assert.equal((await client.call("crm.deal.update", {}, { idempotent: true })).result, 7);
});

test("a write whose answer is an error is that error", async () => {
  const { client } = openScripted([json({ error: "", error_description: "Required" }, 400)]);
  assert.equal((await failed(client.call("crm.deal.add"))).code, "portal_error");
});

test("the request limit is waited for, told, and halves our rate", async () => {
  const { client, limiter, sent } = openScripted([limited(), limited(), ok()]);
  const waits: string[] = [];
  await client.call("crm.deal.add", {}, { onWait: (reason) => waits.push(reason) });
  assert.equal(sent.length, 3);
  assert.ok(waits.includes("portal_rate_limited"));
  assert.ok((await limiter.state()).rate < 2);
});

test("a method out of operating time is parked; the others go on", async () => {
  const { client, clock } = openScripted([json({ error: "OPERATION_TIME_LIMIT" }, 429), ok(), ok()]);
  const error = await failed(client.call("crm.deal.list", {}, { maxWaitMs: 5_000 }));
  assert.equal(error.code, "portal_operating_limit");
  assert.ok((error.retryAfter ?? 0) > 30);
  const began = clock.now();
  await client.call("crm.lead.list");
  assert.ok(clock.now() - began < 2_000);
  await client.call("crm.deal.list", {}, { priority: "background" });
  assert.ok(clock.now() - began > 50_000);
});

test("an overloaded portal is left alone", async () => {
  const { client, sent } = openScripted([json({ error: "OVERLOAD_LIMIT" }, 503)]);
  assert.equal((await failed(client.call("crm.deal.list"))).code, "portal_blocked");
  assert.equal(sent.length, 1);
});

test("a certificate that is not trusted is not tried twice", async () => {
  const { client, sent } = openScripted([broken("SELF_SIGNED_CERT_IN_CHAIN")]);
  const error = await failed(client.call("crm.deal.list"));
  assert.equal(error.code, "portal_unreachable");
  assert.match(error.detail, /TLS connection to acme\.bitrix24\.ru \(SELF_SIGNED/);
  assert.equal(sent.length, 1);
});

const silence: Step = (_sent, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

test("silence ends after the deadline", async () => {
  const { client, clock, sent } = openScripted([silence]);
  const work = failed(client.call("crm.deal.add"));
  while (clock.deadlines === 0) await new Promise(setImmediate);
  clock.expireDeadlines();
  const error = await work;
  assert.equal(error.code, "write_outcome_unknown");
  assert.match(error.detail, /within 60 s/);
  assert.equal(sent.length, 1);
});

test("an abort gives the caller's reason for a read, and the truth for a write under way", async () => {
  for (const method of ["crm.deal.list", "crm.deal.add"]) {
    const stop = new AbortController();
    const { client, clock } = openScripted([silence]);
    const work = client.call(method, {}, { signal: stop.signal });
    const result = work.catch((error: unknown) => error);
    while (clock.deadlines === 0) await new Promise(setImmediate);
    stop.abort(new Error("left"));
    const error = (await result) as Error;
    if (method.endsWith("list")) assert.equal(error.message, "left");
    else assert.equal((error as PortalError).code, "write_outcome_unknown");
    assert.equal(clock.deadlines, 0);
  }
});

const to = (location: string, status = 302) => new Response(null, { status, headers: { location } });

test("a renamed portal is followed with the whole request, once", async () => {
  const moves: unknown[] = [];
  const script = [to(`https://new.bitrix24.ru/rest/1/${CODE}/crm.deal.add`), ok(), ok()];
  const { client, sent } = openScripted(script, { onMoved: (move) => moves.push(move) });
  await client.call("crm.deal.add", { fields: { TITLE: "x" } });
  await client.call("crm.deal.list");
  assert.deepEqual(
    sent.map(({ url }) => new URL(url).host),
    ["acme.bitrix24.ru", "new.bitrix24.ru", "new.bitrix24.ru"],
  );
  assert.deepEqual(sent[1]?.body, { fields: { TITLE: "x" } });
  assert.deepEqual(moves, [{ from: "https://acme.bitrix24.ru", to: "https://new.bitrix24.ru" }]);
  assert.equal(client.host, "new.bitrix24.ru");
});

test("any other redirection is not followed", async () => {
  for (const location of [
    "/login/",
    `http://acme.bitrix24.ru/rest/1/${CODE}/crm.deal.list`,
    "https://evil.example/",
    "",
  ]) {
    const { client, sent } = openScripted([to(location)]);
    assert.equal((await failed(client.call("crm.deal.list"))).code, "portal_not_bitrix", location);
    assert.equal(sent.length, 1);
  }
  const circle = openScripted(times(10, () => to(`https://acme.bitrix24.ru/rest/1/${CODE}/crm.deal.list`)));
  assert.match((await failed(circle.client.call("crm.deal.list"))).detail, /circle/);
});

test("an endless answer is cut off", async () => {
  const big = () => new Response(new Uint8Array(2_000));
  const { client } = openScripted([big()], { maxBytes: 1_000 });
  const error = await failed(client.call("crm.deal.list"));
  assert.equal(error.code, "portal_answer_invalid");
  assert.match(error.detail, /larger than 1000 bytes/);
});

test("a failing limiter does not hide an answer that came", async () => {
  const { client, limiter, logged } = openScripted([ok()]);
  limiter.report = async () => {
    throw new Error("database gone");
  };
  assert.equal((await client.call("crm.deal.add")).result, 7);
  assert.equal(logged.length, 1);
});

test("the last look before a request is sent may keep it back, which is told to the limiter", async () => {
  const { client, sent, limiter } = openScripted([]);
  const beforeSend = async () => {
    throw new RangeError("no longer wanted");
  };
  await assert.rejects(client.call("crm.deal.add", {}, { beforeSend }), RangeError);
  assert.equal(sent.length, 0);
  assert.equal((await limiter.state()).methods["crm.deal.add"]?.inFlight, 0);
});

test("a wait for a limit can be ended by itself, a request that is on its way cannot", async () => {
  const waiting = new AbortController();
  const { client, limiter } = openScripted([
    () => {
      waiting.abort(new RangeError("no longer wanted"));
      return ok();
    },
  ]);
  const options = { priority: "background", waitSignal: waiting.signal } as const;
  assert.equal((await client.call("crm.deal.add", {}, options)).result, 7);
  await limiter.refused({ method: "crm.deal.add", code: "portal_operating_limit" });
  await assert.rejects(client.call("crm.deal.add", {}, options), RangeError);
});
