import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { openTestPortal } from "../testing.ts";
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
