import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestPortal } from "../testing.ts";
import { openTestApplication } from "../testing-apps.ts";
import { type FrameOpening, frameInitData, openApplication, openPlacement, refreshFrame } from "./frames.ts";
import { finishInstall } from "./install.ts";
import { visiblePlacements } from "./visible-placements.ts";

const HANDLER = "http://127.0.0.1:9/app";
const opened = (opening: FrameOpening | string): FrameOpening => {
  assert.ok(typeof opening !== "string", String(opening));
  return opening;
};

test("the first open of an administrator shows the install page, of others nothing", () => {
  const on = openTestPortal();
  const { application } = openTestApplication(on, { installUrl: `${HANDLER}/install?a=1` });
  const { clientId } = application;
  assert.equal(openApplication(on.portal, clientId, { userId: 2 }), "not_installed");
  const first = opened(openApplication(on.portal, clientId, { userId: 1 }));
  const url = new URL(first.action);
  assert.deepEqual([url.pathname, first.installs], ["/app/install", true]);
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    a: "1",
    DOMAIN: "portal.example",
    PROTOCOL: "0",
    LANG: "ru",
    APP_SID: first.appSid,
  });
  assert.equal(first.windowName, `portal.example|0|${first.appSid}`);
  const init = frameInitData(on.portal, first.appSid);
  assert.deepEqual([init?.INSTALL, init?.IS_ADMIN, init?.MEMBER_ID], [true, true, on.portal.memberId]);
  finishInstall(on.portal, clientId);
  const second = opened(openApplication(on.portal, clientId, { userId: 2 }));
  assert.deepEqual([new URL(second.action).pathname, second.installs], ["/app", false]);
  assert.equal(openApplication(on.portal, "local.no.1", { userId: 1 }), "no_application");
});

test("a frame's form carries tokens of its person and the place it stands in", async () => {
  const on = openTestPortal();
  const { application, call } = openTestApplication(on);
  await call("placement.bind", {
    PLACEMENT: "CRM_DEAL_DETAIL_TAB",
    HANDLER: `${HANDLER}/tab`,
    TITLE: "Акты",
  });
  const [tab] = visiblePlacements(on.portal, "CRM_DEAL_DETAIL_TAB", 3);
  assert.ok(tab);
  const options = { ID: "7", URI: "/crm/deal/details/7/" };
  const { fields, appSid } = opened(openPlacement(on.portal, tab.id, { userId: 3, options }));
  const { AUTH_ID, REFRESH_ID, ...rest } = fields;
  assert.deepEqual(rest, {
    AUTH_EXPIRES: "3600",
    SERVER_ENDPOINT: "http://portal.example/rest/",
    APPLICATION_TOKEN: application.applicationToken,
    APPLICATION_SCOPE: "crm,placement,bizproc",
    member_id: on.portal.memberId,
    status: "L",
    PLACEMENT: "CRM_DEAL_DETAIL_TAB",
    PLACEMENT_OPTIONS: '{"ID":"7","URI":"/crm/deal/details/7/"}',
  });
  assert.equal((await on.send(`/rest/profile?auth=${AUTH_ID}`)).body.result.ID, "3");
  assert.ok(on.portal.tokens.renewable(String(REFRESH_ID)));
  const init = frameInitData(on.portal, appSid);
  assert.deepEqual([init?.AUTH_ID, init?.PLACEMENT_OPTIONS], [AUTH_ID, options]);
  const renewed = refreshFrame(on.portal, appSid);
  assert.notEqual(renewed?.AUTH_ID, AUTH_ID);
  assert.equal(frameInitData(on.portal, appSid)?.AUTH_ID, renewed?.AUTH_ID);
  assert.equal((await on.send(`/rest/profile?auth=${renewed?.AUTH_ID}`)).status, 200);
  assert.equal(openPlacement(on.portal, 99, { userId: 1 }), "no_placement");
  on.control.apps.remove(application.id);
  assert.deepEqual(
    [refreshFrame(on.portal, appSid), frameInitData(on.portal, appSid)],
    [undefined, undefined],
  );
});

test("places show what is installed, for everybody or for one person, in the person's words", async () => {
  const on = openTestPortal();
  const { application, call } = openTestApplication(on, { installUrl: `${HANDLER}/install`, title: "Акты" });
  const PLACEMENT = "CRM_LEAD_LIST_TOOLBAR";
  await call("placement.bind", { PLACEMENT, HANDLER: `${HANDLER}/a` });
  await call("placement.bind", { PLACEMENT, HANDLER: `${HANDLER}/b`, TITLE: "Мне", USER_ID: 5 });
  const LANG_ALL = { ru: { TITLE: "По-русски" }, en: { TITLE: "In English" } };
  await call("placement.bind", { PLACEMENT, HANDLER: `${HANDLER}/c`, TITLE: "c", LANG_ALL });
  const titles = (userId: number, language?: string) =>
    visiblePlacements(on.portal, PLACEMENT, userId, language).map(({ title }) => title);
  assert.deepEqual(titles(5), []);
  finishInstall(on.portal, application.clientId);
  assert.deepEqual(titles(5), ["Акты", "Мне", "По-русски"]);
  assert.deepEqual(titles(6, "en"), ["Акты", "In English"]);
});
