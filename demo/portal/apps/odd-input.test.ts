import assert from "node:assert/strict";
import { test } from "node:test";
import { APPLICATION_METHODS } from "../methods/application.ts";
import { EVENT_METHODS } from "../methods/events.ts";
import { OFFLINE_EVENT_METHODS } from "../methods/offline-events.ts";
import { PLACEMENT_METHODS } from "../methods/placements.ts";
import { ROBOT_METHODS } from "../methods/robots.ts";
import { Random } from "../seed/random.ts";
import { json, openTestPortal } from "../testing.ts";
import { openTestApplication } from "../testing-apps.ts";

const METHODS = [
  ...APPLICATION_METHODS,
  ...EVENT_METHODS,
  ...OFFLINE_EVENT_METHODS,
  ...PLACEMENT_METHODS,
  ...ROBOT_METHODS,
].map(({ name }) => name);

const NAMES = [
  ..."event handler event_type auth_type auth_connector options filter order limit clear process_id".split(
    " ",
  ),
  ..."message_id id error placement title lang_all user_id code name properties fields".split(" "),
  ..."event_token return_values log_message scope full start auth_user_id document_type".split(" "),
];

const VALUES: unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1e300,
    "",
    "0",
    "Y",
    "ONCRMDEALADD",
    "ONOFFLINEEVENT",
    "offline",
    "CRM_DEAL_LIST_MENU",
  ],
  ...[
    "http://127.0.0.1:9/h",
    "http://",
    "//",
    "{{ID}}",
    "__proto__",
    "\u0000",
    [],
    [[]],
    {},
    { a: { b: [1] } },
  ],
  ...[{ ID: [] }, { "!@ID": { x: 1 } }, ["constructor"], { minTimeout: [1] }, { TITLE: 5 }],
];

test("odd parameters are refused or taken, and break nothing", async () => {
  const on = openTestPortal();
  const { application, call } = openTestApplication(on, { handlerUrl: "http://127.0.0.1:9/h" });
  on.control.apps.settings({ delivery: { loss: 1 } });
  const random = new Random(1, "odd", 1);
  for (let i = 0; i < 2_000; i++) {
    const names = random.some(NAMES, 0, 8);
    const params = Object.fromEntries(names.map((name) => [name, random.pick(VALUES)]));
    const method = random.pick(METHODS);
    const { status, body } = await call(method, params);
    assert.ok(status < 500, `${method} ${JSON.stringify(params)} → ${status} ${JSON.stringify(body)}`);
    assert.ok(body !== null && ("result" in body || "error" in body));
    if (i % 20 === 0) await call("crm.deal.update", { id: 1 + (i % 100), fields: {} });
  }
  assert.equal(on.control.stats().crashed, 0);
  assert.ok(on.portal.applications.get(application.clientId));
});

test("odd requests to the auth server and to the controls are answered", async () => {
  const on = openTestPortal();
  const { application } = openTestApplication(on);
  const random = new Random(2, "odd", 1);
  const texts = [
    "",
    "x",
    "authorization_code",
    "refresh_token",
    application.clientId,
    "%00",
    "[",
    "Y",
    "-1",
    "1e9",
  ];
  const names = [
    "grant_type",
    "client_id",
    "client_secret",
    "code",
    "refresh_token",
    "state",
    "allow",
    "user_id",
  ];
  const types = [
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "",
  ];
  for (let i = 0; i < 600; i++) {
    const fields = Object.fromEntries(random.some(names, 0, 6).map((name) => [name, random.pick(texts)]));
    const query = new URLSearchParams(fields);
    const path = random.pick(["/oauth/token/", "/oauth/token", "/oauth/authorize/", "//oauth//token/"]);
    const post = {
      method: "POST",
      headers: { "content-type": random.pick(types) },
      body: random.pick([`${query}`, "{", "[1]"]),
    };
    const { status } = await on.send(`${path}?${query}`, random.chance(0.5) ? post : {});
    assert.ok(status < 500, `${path}?${query} → ${status}`);
  }
  for (const path of ["apps", "app-settings", "outgoing-webhooks", "robots", "address"]) {
    for (const body of [null, 5, "x", [], { url: 5 }, { title: {} }, { action: [] }, { delivery: 7 }]) {
      assert.equal(
        (await on.send(`/_emulator/${path}`, json(body))).status,
        400,
        `${path} ${JSON.stringify(body)}`,
      );
    }
  }
  assert.equal(on.control.stats().crashed, 0);
});
