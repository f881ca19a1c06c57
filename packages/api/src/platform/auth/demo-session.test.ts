import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageToken, Problem } from "@b24kit/client/contract";
import { createOrigins } from "../http/origins.ts";
import { createShell } from "../http/shell.ts";
import { createLogger } from "../log/logger.ts";
import { mountDemoSession } from "./demo-session.ts";
import { createPageTokens } from "./page-token.ts";

const pageTokens = createPageTokens("a-secret-key-of-more-than-32-characters", Date.now);

function demo(open: boolean) {
  const log = createLogger({ level: "silent", form: "json" });
  const authenticate = async () => assert.fail("not asked here");
  const app = createShell({ log, authenticate, origins: createOrigins([], undefined) });
  const session = mountDemoSession(app, { pageTokens, open });
  const post = async (headers: Record<string, string>, body?: object, remoteAddress = "127.0.0.1") => {
    const json = body ? { "Content-Type": "application/json" } : {};
    const init = {
      method: "POST",
      headers: { ...headers, ...json },
      ...(body ? { body: JSON.stringify(body) } : {}),
    };
    const answer = await app.request("/demo/session", init, {
      incoming: { socket: { remoteAddress } },
    } as never);
    return { status: answer.status, body: (await answer.json()) as PageToken & Problem };
  };
  return { app, post, code: session.code };
}

const local = { Host: "localhost:8080", Origin: "http://localhost:8080", "Sec-Fetch-Site": "same-origin" };

test("a page of this machine gets a token", async () => {
  for (const host of ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"]) {
    const { status, body } = await demo(false).post({ ...local, Host: host, Origin: `http://${host}` });
    assert.equal(status, 200);
    const caller = await pageTokens.verify(body.token);
    assert.deepEqual([caller.kind, [...caller.rights]], ["page", ["data:read", "sync:run", "generator:run"]]);
  }
});

const refusals: [string, Record<string, string>, string?][] = [
  ["a foreign page", { ...local, Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }],
  [
    "a page on another local port",
    { ...local, Origin: "http://localhost:3000", "Sec-Fetch-Site": "same-site" },
  ],
  ["a sandboxed frame", { ...local, Origin: "null" }],
  ["a request without Origin", { Host: "localhost:8080" }],
  [
    "a rebound name",
    { Host: "evil.example:8080", Origin: "http://evil.example:8080", "Sec-Fetch-Site": "same-origin" },
  ],
  [
    "a name that begins like ours",
    { Host: "localhost.evil.example", Origin: "http://localhost.evil.example" },
  ],
  ["another machine", local, "192.168.1.7"],
  ["another machine over IPv4 in IPv6", local, "::ffff:10.0.0.2"],
  ["a proxy on this machine", { ...local, "X-Forwarded-For": "203.0.113.9" }],
];
for (const [what, headers, address] of refusals) {
  test(`${what} gets none`, async () => {
    const { status } = await demo(false).post(headers, undefined, address);
    assert.equal(status, 403);
  });
}

test("opened to the network, the printed code serves once and its token can be renewed", async () => {
  const { post, code } = demo(true);
  assert.ok(code);
  const far = { Host: "192.168.1.5:8080", Origin: "http://192.168.1.5:8080" };
  assert.equal((await post(far, undefined, "192.168.1.7")).status, 403);
  assert.equal((await post(far, { code: `${code}x` }, "192.168.1.7")).status, 401);
  const first = await post(far, { code }, "192.168.1.7");
  assert.equal(first.status, 200);
  assert.equal((await post(far, { code }, "192.168.1.7")).status, 401);
  const renewed = await post(
    { ...far, Authorization: `Bearer ${first.body.token}` },
    undefined,
    "192.168.1.7",
  );
  assert.equal(renewed.status, 200);
  const [before, after] = [
    await pageTokens.verify(first.body.token),
    await pageTokens.verify(renewed.body.token),
  ];
  assert.equal(before.subject, after.subject);
});

test("the entrance page runs under a strict policy and sets no cookie", async () => {
  const { app } = demo(true);
  const page = await app.request("/demo/enter?code=abc");
  assert.equal(page.status, 200);
  assert.match(page.headers.get("Content-Security-Policy") ?? "", /script-src 'self';/);
  assert.equal(page.headers.get("Set-Cookie"), null);
  assert.doesNotMatch(await page.text(), /<script>|style=|abc/);
  assert.equal((await app.request("/demo/enter/enter.js")).status, 200);
});
