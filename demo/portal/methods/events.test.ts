import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { json, openTestPortal } from "../testing.ts";
import { openReceiver, openTestApplication } from "../testing-apps.ts";

const receiver = await openReceiver();
after(() => receiver.close());
beforeEach(() => {
  receiver.forms = [];
});
const HANDLER = `${receiver.url}/events`;

test("handlers are bound, listed and unbound", async () => {
  const { call } = openTestApplication(openTestPortal());
  const deal = { event: "onCrmDealAdd", handler: HANDLER };
  assert.equal((await call("event.bind", deal)).body.result, true);
  assert.equal((await call("event.bind", { ...deal, event: "ONCRMDEALUPDATE", auth_type: 2 })).status, 200);
  assert.equal((await call("event.bind", { event: "ONCRMLEADADD", event_type: "offline" })).status, 200);
  assert.deepEqual((await call("event.get")).body.result, [
    { event: "ONCRMDEALADD", handler: HANDLER, auth_type: "0", offline: 0 },
    { event: "ONCRMDEALUPDATE", handler: HANDLER, auth_type: "2", offline: 0 },
    { event: "ONCRMLEADADD", connector_id: "", auth_type: "0", offline: 1 },
  ]);
  const again = await call("event.bind", deal);
  assert.equal(again.status, 400);
  assert.match(again.body.error_description, /^Unable to set event handler/);
  assert.deepEqual((await call("event.unbind", deal)).body.result, { count: 1 });
  assert.deepEqual((await call("event.unbind", deal)).body.result, { count: 0 });
  const offline = { event: "ONCRMLEADADD", event_type: "offline" };
  assert.deepEqual((await call("event.unbind", offline)).body.result, { count: 1 });
  assert.equal((await call("event.get")).body.result.length, 1);
});

test("what cannot be bound", async () => {
  const on = openTestPortal();
  const { call, callAs } = openTestApplication(on);
  const bind = { event: "ONCRMDEALADD", handler: HANDLER };
  const cases: [object, string][] = [
    [{ ...bind, event: "" }, "ERROR_ARGUMENT"],
    [{ ...bind, handler: "" }, "ERROR_ARGUMENT"],
    [{ ...bind, event: "ONNOTHING" }, "ERROR_EVENT_NOT_FOUND"],
    [{ ...bind, event: "ONTASKADD" }, "ERROR_EVENT_NOT_FOUND"],
    [{ ...bind, handler: "ftp://app.example.com/" }, "ERROR_UNSUPPORTED_PROTOCOL"],
    [{ ...bind, handler: "not an address" }, "ERROR_WRONG_HANDLER_URL"],
  ];
  for (const [params, error] of cases) {
    const { status, body } = await call("event.bind", { ...params });
    assert.deepEqual([status, body.error], [400, error], JSON.stringify(params));
  }
  on.control.apps.settings({ handlers: { local: false } });
  assert.equal((await call("event.bind", bind)).body.error, "ERROR_WRONG_HANDLER_URL");
  const offline = await callAs(2, "event.bind", { event: "ONCRMDEALADD", event_type: "offline" });
  assert.deepEqual([offline.status, offline.body.error], [403, "ACCESS_DENIED"]);
});

test("a change comes as a form with the record's ID alone and tokens of who acted", async () => {
  const on = openTestPortal();
  const { application, call, callAs } = openTestApplication(on, { scopes: ["crm"] });
  await call("event.bind", { event: "ONCRMDEALADD", handler: `${HANDLER}?key=k` });
  const id = (await callAs(3, "crm.deal.add", { fields: { TITLE: "x" } })).body.result;
  await on.control.apps.settled();
  assert.equal(receiver.forms.length, 1);
  const [form] = receiver.forms;
  assert.ok(form);
  const { access_token, expires, ...auth } = form.auth;
  assert.deepEqual([form.path, form.event, form.event_handler_id], ["/events?key=k", "ONCRMDEALADD", "1"]);
  assert.deepEqual(form.data, { FIELDS: { ID: String(id) } });
  assert.equal(form.ts, String(Math.floor(on.portal.clock.now() / 1000)));
  assert.equal(Number(expires), Number(form.ts) + 3600);
  assert.deepEqual(auth, {
    expires_in: "3600",
    scope: "crm",
    user_id: "3",
    domain: "portal.example",
    server_endpoint: "http://portal.example/rest/",
    client_endpoint: "http://portal.example/rest/",
    status: "L",
    member_id: on.portal.memberId,
    application_token: application.applicationToken,
  });
  assert.equal((await on.send(`/rest/profile?auth=${access_token}`)).body.result.ID, "3");
});

test("auth_type chooses whose tokens come; where nobody acted none do", async () => {
  const on = openTestPortal();
  const { call, callAs } = openTestApplication(on);
  await call("event.bind", { event: "ONCRMDEALADD", handler: HANDLER, auth_type: 4 });
  await callAs(3, "crm.deal.add", { fields: {} });
  const origin = { clientId: null, connector: "" };
  on.portal.events.emit({ event: "ONCRMDEALADD", fields: { ID: 1 }, userId: 0, origin });
  await on.control.apps.settled();
  const users = receiver.forms.map(({ auth }) => [auth.user_id, "access_token" in auth, auth.status]);
  assert.deepEqual(
    users.sort(),
    [
      ["4", true, "L"],
      [undefined, false, "L"],
    ].sort(),
  );
});

test("event.test sends what it was given to this application alone", async () => {
  const on = openTestPortal();
  const { call } = openTestApplication(on);
  const other = openTestApplication(on);
  await call("event.bind", { event: "ONAPPTEST", handler: HANDLER });
  await other.call("event.bind", { event: "ONAPPTEST", handler: `${HANDLER}/other` });
  assert.equal((await call("event.test", { any: "thing" })).body.result, 1);
  await on.control.apps.settled();
  assert.deepEqual(
    receiver.forms.map(({ path, data }) => [path, data]),
    [["/events", { QUERY: { any: "thing" } }]],
  );
});

test("events are listed by scope", async () => {
  const { call } = openTestApplication(openTestPortal(), { scopes: ["crm"] });
  const { result } = (await call("events")).body;
  assert.ok(result.includes("ONCRMDEALMOVETOCATEGORY") && result.includes("ONAPPTEST"));
  assert.ok(!result.includes("ONTASKADD"));
  assert.deepEqual((await call("events", { SCOPE: "user" })).body.result, ["ONUSERADD"]);
  assert.ok((await call("events", { FULL: true })).body.result.includes("ONTASKADD"));
});

test("an outgoing webhook hears without tokens, and not of applications", async () => {
  const on = openTestPortal({ handlers: { local: true } });
  const url = `${receiver.url}/out?key=k`;
  const post = (body: object) => on.send("/_emulator/outgoing-webhooks", json(body));
  const made = await post({ url, events: ["oncrmdealadd", "ONCRMLEADDELETE"] });
  assert.deepEqual([made.status, made.body.events], [201, ["ONCRMDEALADD", "ONCRMLEADDELETE"]]);
  const { result } = (await on.call("crm.deal.add", { fields: {} })).body;
  await on.call("crm.lead.update", { id: 1, fields: {} });
  await on.control.apps.settled();
  assert.equal(receiver.forms.length, 1);
  assert.deepEqual(receiver.forms[0], {
    path: "/out?key=k",
    event: "ONCRMDEALADD",
    event_handler_id: "1",
    data: { FIELDS: { ID: String(result) } },
    ts: String(Math.floor(on.portal.clock.now() / 1000)),
    auth: {
      domain: "portal.example",
      server_endpoint: "http://portal.example/rest/",
      client_endpoint: "http://portal.example/rest/",
      member_id: on.portal.memberId,
      application_token: made.body.token,
    },
  });
  for (const bad of [
    { url, events: ["ONCRMDEALMOVETOCATEGORY"] },
    { url, events: ["ONAPPINSTALL"] },
    { url, events: [] },
    { url: "http://", events: ["ONCRMDEALADD"] },
  ]) {
    assert.equal((await post(bad)).status, 400, JSON.stringify(bad));
  }
  const gone = (id: number) => on.send(`/_emulator/outgoing-webhooks/${id}`, { method: "DELETE" });
  assert.deepEqual([(await gone(1)).status, (await gone(1)).status], [200, 404]);
});
