import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { json, openTestPortal } from "../testing.ts";
import { openReceiver, openTestApplication } from "../testing-apps.ts";
import { finishInstall } from "./install.ts";

const receiver = await openReceiver();
after(() => receiver.close());
beforeEach(() => {
  receiver.forms = [];
});

test("an application of scripts only is told of its installation, with tokens that work", async () => {
  const on = openTestPortal();
  const installUrl = `${receiver.url}/install?key=k`;
  const { application } = openTestApplication(on, { scriptOnly: true, installUrl, scopes: ["crm"] });
  assert.equal(application.installed, true);
  await on.control.apps.settled();
  const [form] = receiver.forms;
  assert.equal(receiver.forms.length, 1);
  assert.ok(form);
  assert.equal(form.path, "/install?key=k");
  assert.equal(form.event, "ONAPPINSTALL");
  assert.deepEqual(form.data, { VERSION: "1", ACTIVE: "Y", INSTALLED: "Y", LANGUAGE_ID: "ru" });
  const { access_token, refresh_token, expires, ...auth } = form.auth;
  assert.deepEqual(auth, {
    expires_in: "3600",
    scope: "crm",
    domain: "portal.example",
    server_endpoint: "http://portal.example/rest/",
    client_endpoint: "http://portal.example/rest/",
    status: "L",
    member_id: on.portal.memberId,
    user_id: "1",
    application_token: application.applicationToken,
  });
  assert.equal(Number(expires), Math.floor(on.portal.clock.now() / 1000) + 3600);
  assert.equal((await on.send(`/rest/profile?auth=${access_token}`)).body.result.ID, "1");
  assert.ok(on.portal.tokens.renewable(refresh_token));
  on.control.apps.reinstall(application.id);
  await on.control.apps.settled();
  assert.equal(receiver.forms[1]?.auth.application_token, application.applicationToken);
});

test("until installFinish an application hears nothing", async () => {
  const on = openTestPortal();
  const { application, call } = openTestApplication(on, { installUrl: `${receiver.url}/install` });
  for (const event of ["ONCRMDEALADD", "ONAPPINSTALL"]) {
    assert.equal((await call("event.bind", { event, handler: `${receiver.url}/events` })).body.result, true);
  }
  await on.call("crm.deal.add", { fields: {} });
  await on.control.apps.settled();
  assert.deepEqual(receiver.forms, []);
  assert.equal(finishInstall(on.portal, application.clientId)?.installed, true);
  await on.call("crm.deal.add", { fields: {} });
  await on.control.apps.settled();
  assert.deepEqual(receiver.forms.map(({ event }) => event).sort(), ["ONAPPINSTALL", "ONCRMDEALADD"]);
  finishInstall(on.portal, application.clientId);
  await on.control.apps.settled();
  assert.equal(receiver.forms.length, 2);
  assert.equal(finishInstall(on.portal, "local.no.1"), undefined);
});

test("uninstalling removes what was bound and says so without tokens", async () => {
  const on = openTestPortal();
  const { application, call } = openTestApplication(on);
  const handler = `${receiver.url}/events`;
  await call("event.bind", { event: "ONCRMDEALADD", handler });
  await call("event.bind", { event: "onAppUninstall", handler });
  await call("event.bind", { event: "ONCRMLEADADD", event_type: "offline" });
  await call("placement.bind", { PLACEMENT: "CRM_DEAL_DETAIL_TAB", HANDLER: handler });
  await call("bizproc.robot.add", { CODE: "r", NAME: "Р", HANDLER: "http://127.0.0.1:9/robot" });
  await call("crm.lead.add", { fields: {} });
  const bound = on.control.apps.bindings(application.id);
  assert.deepEqual([bound?.events.length, bound?.placements.length, bound?.robots], [3, 1, ["r"]]);
  const { body } = await on.send(`/_emulator/apps/${application.id}?clean=1`, { method: "DELETE" });
  assert.deepEqual(body, { removed: true });
  await on.call("crm.deal.add", { fields: {} });
  await on.control.apps.settled();
  assert.equal(receiver.forms.length, 1);
  const [form] = receiver.forms;
  assert.deepEqual([form?.event, form?.data], ["ONAPPUNINSTALL", { LANGUAGE_ID: "ru", CLEAN: "1" }]);
  assert.deepEqual(form?.auth, {
    domain: "portal.example",
    server_endpoint: "http://portal.example/rest/",
    client_endpoint: "http://portal.example/rest/",
    member_id: on.portal.memberId,
    application_token: application.applicationToken,
  });
  assert.deepEqual(on.portal.handlers.of(application.clientId), []);
  assert.deepEqual(on.portal.placements.of(application.clientId), []);
  assert.deepEqual(on.portal.robots.of(application.clientId), []);
  assert.deepEqual(on.portal.offline.of(application.clientId, ""), []);
});

test("an application hears of its new version, of payments and of methods that were allowed", async () => {
  const on = openTestPortal();
  const { application, call } = openTestApplication(on, { marketCode: "acme.data" });
  assert.match(application.clientId, /^app\.[0-9a-f]{14}\.\d{8}$/);
  const { result } = (await call("app.info")).body;
  assert.deepEqual([result.CODE, result.STATUS, result.VERSION], ["acme.data", "F", 1]);
  const events = ["ONAPPUPDATE", "ONAPPPAYMENT", "ONAPPMETHODCONFIRM"] as const;
  for (const event of events) await call("event.bind", { event, handler: `${receiver.url}/events` });
  for (const event of events) on.control.apps.fire(application.id, { event });
  await on.control.apps.settled();
  assert.deepEqual(
    receiver.forms.map(({ event, data }) => [event, data]),
    [
      ["ONAPPUPDATE", { PREVIOUS_VERSION: "1", VERSION: "2", LANGUAGE_ID: "ru" }],
      ["ONAPPPAYMENT", { CODE: "acme.data", VERSION: "2", STATUS: "P", PAYMENT_EXPIRED: "N", DAYS: "30" }],
      ["ONAPPMETHODCONFIRM", { TOKEN: "", METHOD: "", CONFIRMED: "1" }],
    ],
  );
  assert.ok(receiver.forms[0]!.auth.refresh_token && !receiver.forms[1]!.auth.refresh_token);
  assert.equal((await call("app.info")).body.result.VERSION, 2);
  const { status, body } = await on.send(
    `/_emulator/apps/${application.id}/fire`,
    json({ event: "ONCRMDEALADD" }),
  );
  assert.deepEqual([status, body.error], [400, "bad_input"]);
  assert.equal((await on.send("/_emulator/apps/77/fire", json({ event: "ONAPPUPDATE" }))).status, 404);
});
