import assert from "node:assert/strict";
import { test } from "node:test";
import { json, openTestPortal } from "../testing.ts";
import { openTestApplication } from "../testing-apps.ts";

const refusals = (answer: { status: number; body: { error: string } }) => [answer.status, answer.body.error];

test("calls without a webhook need a token that is known", async () => {
  const on = openTestPortal();
  assert.deepEqual(refusals(await on.send("/rest/profile")), [401, "NO_AUTH_FOUND"]);
  assert.deepEqual(refusals(await on.send("/rest/profile?auth=abc")), [401, "invalid_token"]);
  assert.deepEqual(refusals(await on.send("/rest/profile?auth[]=abc")), [401, "invalid_token"]);
  assert.deepEqual(refusals(await on.send("/rest/nothing?auth=abc")), [404, "ERROR_METHOD_NOT_FOUND"]);
});

test("a token comes in the query or in the body, and acts for its person", async () => {
  const on = openTestPortal();
  const { application } = openTestApplication(on, { scopes: ["crm", "user"] });
  const { access } = on.portal.tokens.issue(application, 3);
  const added = await on.send(`/rest/crm.deal.add.json?auth=${access}`, json({ fields: { TITLE: "x" } }));
  const { body } = await on.call("crm.deal.get", { id: added.body.result });
  assert.equal(body.result.CREATED_BY_ID, "3");
  assert.equal((await on.send("/rest/user.current", json({ auth: access }))).body.result.ID, "3");
});

test("scopes of the token hold for calls and for commands of a batch", async () => {
  const on = openTestPortal();
  const { call } = openTestApplication(on, { scopes: ["crm"] });
  const refused = await call("user.get");
  assert.deepEqual(refusals(refused), [401, "insufficient_scope"]);
  assert.match(refused.body.error_description, /access token/);
  const { body } = await call("batch", { cmd: { a: "user.get", b: "crm.deal.get?id=1", c: "app.info" } });
  assert.equal(body.result.result_error.a.error, "insufficient_scope");
  assert.deepEqual([body.result.result.b.ID, body.result.result.c.INSTALLED], ["1", true]);
});

test("what only applications may call", async () => {
  const on = openTestPortal();
  for (const method of ["event.bind", "event.get", "placement.bind", "event.offline.get"]) {
    assert.deepEqual(refusals(await on.call(method)), [403, "WRONG_AUTH_TYPE"], method);
  }
  for (const method of ["app.info", "bizproc.robot.list", "bizproc.event.send"]) {
    const refused = await on.call(method);
    assert.deepEqual(refusals(refused), [403, "ACCESS_DENIED"], method);
    assert.equal(refused.body.error_description, "Application context required");
  }
});

test("tokens of a person who left, and of an application that was removed", async () => {
  const on = openTestPortal();
  const { application, callAs } = openTestApplication(on);
  const user = on.portal.crm.users.find((row) => row.ID === "4");
  assert.ok(user);
  user.ACTIVE = false;
  assert.deepEqual(refusals(await callAs(4, "profile")), [401, "authorization_error"]);
  on.control.apps.remove(application.id);
  assert.deepEqual(refusals(await callAs(1, "profile")), [401, "APPLICATION_NOT_FOUND"]);
});

test("the operating limit is an application's own", async () => {
  const on = openTestPortal();
  const { call } = openTestApplication(on);
  on.control.limits({ operating: { limitSeconds: 1 }, cost: { callSeconds: 1 } });
  assert.equal((await call("crm.deal.get", { id: 1 })).status, 200);
  assert.deepEqual(refusals(await call("crm.deal.get", { id: 1 })), [429, "OPERATION_TIME_LIMIT"]);
  assert.equal((await on.call("crm.deal.get", { id: 1 })).status, 200);
});
