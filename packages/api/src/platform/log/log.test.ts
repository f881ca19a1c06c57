import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogger } from "./logger.ts";
import { redact } from "./redact.ts";

function capture(form: "json" | "plain") {
  const lines: string[] = [];
  const log = createLogger({ level: "debug", form, destination: { write: (line) => lines.push(line) } });
  return { log, lines };
}

const secrets = [
  "https://portal.bitrix24.ru/rest/1/abcdefgh12345678/crm.deal.list",
  "postgresql://user:p4ssw0rd@db:5432/x",
  "Authorization: Bearer abcdefgh12345678",
  "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl12345678",
  "b24k_abcdefgh_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MTI",
  "/oauth/token/?client_secret=abcdefgh12345678&x=1",
  "/demo/enter?code=abcdefgh12345678",
  "123456789:AAabcdefgh12345678abcdefgh12345678abc",
];
const kept = /abcdefgh12345678|p4ssw0rd|c2lnbmF0dXJl|c2VjcmV0/;

for (const secret of secrets) {
  test(`nothing of ${secret.slice(0, 24)}… reaches a log line`, () => {
    const { log, lines } = capture("json");
    log.info({ url: secret, nested: { deep: [secret] } }, `message ${secret}`);
    log.error({ err: new Error(`failed: ${secret}`) }, "x");
    assert.doesNotMatch(lines.join(""), kept);
    for (const line of lines) JSON.parse(line);
  });
}

test("values under a secret's name are censored whatever they look like", () => {
  const { log, lines } = capture("json");
  log.info({ token: "t0k3n", headers: { authorization: "plain" }, apiKey: "kk" }, "x");
  assert.doesNotMatch(lines[0]!, /t0k3n|plain|kk/);
});

test("what is no secret stays readable", () => {
  const text =
    "GET /api/v1/queries/deals?limit=5 in 12 ms from https://portal.bitrix24.ru/crm/deal/details/17/";
  assert.equal(redact.text(text), text);
});

test("the plain form is one line an event, with the stack behind an error", () => {
  const { log, lines } = capture("plain");
  log.info({ route: "/health", status: 200 }, "request");
  log.error({ err: new Error("broken") }, "x");
  assert.match(lines[0]!, /^\d\d:\d\d:\d\d info {2}request route=\/health status=200\n$/);
  assert.match(lines[1]!, /error x\nError: broken\n {4}at /);
});
