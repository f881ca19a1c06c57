import assert from "node:assert/strict";
import { test } from "node:test";
import { form, json, openTestPortal } from "../testing.ts";

const { portal, call, send, control } = openTestPortal();
const code = portal.defaultCode;

test("every way to write the address reaches the method", async () => {
  const ways = [
    "profile",
    "profile.json",
    "profile/",
    "profile.json/",
    "PROFILE",
    "Profile.JSON",
    "/profile",
  ];
  for (const way of ways) {
    const { status, body } = await send(`/rest/1/${code}/${way}`);
    assert.equal(status, 200, way);
    assert.equal(body.result.ID, "1", way);
  }
  assert.equal((await send(`//rest//1/${code}//server.time`)).status, 200);
});

test("query, form, multipart and JSON say the same", async () => {
  const query = "filter%5B%3EID%5D=5&filter%5B%3C%3DID%5D=8&select[]=ID&order[ID]=DESC&start=-1";
  const multipart = new FormData();
  for (const [name, value] of new URLSearchParams(query)) multipart.append(name, value);
  const requests: RequestInit[] = [
    form(query),
    { method: "POST", body: multipart },
    json({ filter: { ">ID": 5, "<=ID": "8" }, select: ["ID"], order: { ID: "desc" }, start: -1 }),
    json({ FILTER: { ">ID": 5, "<=ID": "8" }, SELECT: ["ID"], ORDER: { id: "DESC" }, START: "-1" }),
  ];
  const expected = [{ ID: "8" }, { ID: "7" }, { ID: "6" }];
  for (const init of requests) assert.deepEqual((await send("crm.deal.list", init)).body.result, expected);
  assert.deepEqual((await send(`crm.deal.list?${query}`)).body.result, expected);
});

test("a body replaces what the query says, key by key", async () => {
  const { body } = await send("crm.deal.list?filter[ID]=1&select[]=ID", json({ filter: { ID: 2 } }));
  assert.deepEqual(body.result, [{ ID: "2" }]);
});

test("JSON that cannot be read counts as an empty body", async () => {
  const broken = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"filter":{"ID":',
  };
  const { status, body } = await send("crm.deal.list?filter[ID]=3&select[]=ID", broken);
  assert.equal(status, 200);
  assert.deepEqual(body.result, [{ ID: "3" }]);
});

test("JSON under another content type is not read", async () => {
  const init = { method: "POST", headers: { "content-type": "text/plain" }, body: '{"id":1}' };
  assert.equal((await send("crm.deal.get", init)).body.error_description, "ID is not defined or invalid.");
});

test("an unknown method is told before a wrong webhook", async () => {
  for (const path of [
    `/rest/1/${code}/crm.nothing.list`,
    "/rest/1/wrong/crm.nothing.list",
    "/rest/1/wrong/",
  ]) {
    const { status, body } = await send(path);
    assert.equal(status, 404, path);
    assert.deepEqual(body, { error: "ERROR_METHOD_NOT_FOUND", error_description: "Method not found!" });
  }
});

test("wrong, foreign and revoked webhooks are refused", async () => {
  const made = control.createWebhook({ scopes: ["crm"] });
  assert.equal((await send(`${made.path}crm.deal.fields`)).status, 200);
  assert.equal(control.revokeWebhook(made.code), true);
  assert.equal(control.revokeWebhook(made.code), false);
  for (const path of [`${made.path}crm.deal.fields`, "/rest/1/wrong/profile", `/rest/2/${code}/profile`]) {
    const { status, body } = await send(path);
    assert.equal(status, 401, path);
    assert.deepEqual(body, {
      error: "INVALID_CREDENTIALS",
      error_description: "Invalid request credentials",
    });
  }
});

test("a call without a webhook needs a token", async () => {
  assert.equal((await send("/rest/profile")).body.error, "NO_AUTH_FOUND");
  assert.equal((await send("/rest/profile?auth=abc")).body.error, "invalid_token");
});

test("a webhook of a dismissed employee does not work", async () => {
  const dismissed = portal.crm.users.find((user) => user.ID === "12")!;
  const before = dismissed.ACTIVE;
  dismissed.ACTIVE = false;
  const made = control.createWebhook({ userId: 12 });
  assert.equal((await send(`${made.path}profile`)).body.error, "authorization_error");
  dismissed.ACTIVE = before as boolean;
});

test("scopes are checked per method and the status can be switched", async () => {
  const { path } = control.createWebhook({ scopes: ["user_brief"] });
  assert.equal((await send(`${path}user.get`)).status, 200);
  assert.equal((await send(`${path}profile`)).status, 200);
  for (const status of [401, 403] as const) {
    control.limits({ insufficientScopeStatus: status });
    const refused = await send(`${path}crm.deal.list`);
    assert.equal(refused.status, status);
    assert.equal(refused.body.error, "insufficient_scope");
  }
  control.limits({ insufficientScopeStatus: 401 });
});

test("the time block tells the portal's time and the method's work", async () => {
  const { call, control } = openTestPortal();
  control.limits({ cost: { callSeconds: 0.25 } });
  const { time } = (await call("server.time")).body;
  assert.equal(time.start, Date.parse("2026-05-01T12:00:00+03:00") / 1000);
  assert.equal(time.duration, 0.25);
  assert.equal(time.processing, 0.25);
  assert.equal(time.finish, time.start + 0.25);
  assert.equal(time.date_start, "2026-05-01T12:00:00+03:00");
  assert.equal(time.operating, 0.25);
  assert.equal(time.operating_reset_at, time.start + 600);
  control.limits({ operating: { enabled: false } });
  assert.equal("operating" in (await call("server.time")).body.time, false);
});

test("browsers of any origin may ask", async () => {
  const asked = await send("profile", { method: "OPTIONS" });
  assert.equal(asked.status, 200);
  assert.equal(asked.headers.get("access-control-allow-origin"), "*");
  assert.equal(asked.headers.get("access-control-allow-headers"), "origin, content-type, accept");
  assert.equal((await call("profile")).headers.get("x-content-type-options"), "nosniff");
});
