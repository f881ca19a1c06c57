import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestPortal } from "../testing.ts";
import { openTestApplication } from "../testing-apps.ts";

const PLACEMENT = "CRM_DEAL_DETAIL_TAB";
const HANDLER = "http://127.0.0.1:9/tab";

test("placements are bound, listed and unbound; the count is twice the truth", async () => {
  const { call } = openTestApplication(openTestPortal());
  assert.equal((await call("placement.bind", { PLACEMENT, HANDLER, TITLE: "Акты" })).body.result, true);
  const more = { DESCRIPTION: "д", LANG_ALL: { ru: { TITLE: "Т" } }, OPTIONS: { a: "1" }, USER_ID: 2 };
  await call("placement.bind", { placement: PLACEMENT, handler: `${HANDLER}/2`, ...more });
  assert.deepEqual((await call("placement.get")).body.result, [
    {
      placement: PLACEMENT,
      userId: 0,
      handler: HANDLER,
      options: [],
      title: "Акты",
      description: "",
      langAll: [],
    },
    {
      placement: PLACEMENT,
      userId: 2,
      handler: `${HANDLER}/2`,
      options: { a: "1" },
      title: "",
      description: "д",
      langAll: { ru: { TITLE: "Т" } },
    },
  ]);
  const unbind = async (params: object) => (await call("placement.unbind", { ...params })).body.result;
  assert.deepEqual(await unbind({ PLACEMENT, HANDLER }), { count: 2 });
  assert.deepEqual(await unbind({ PLACEMENT, HANDLER }), { count: 0 });
  assert.deepEqual(await unbind({ PLACEMENT }), { count: 2 });
});

test("what cannot be bound", async () => {
  const on = openTestPortal();
  const { call, callAs } = openTestApplication(on);
  const cases: [object, string][] = [
    [{ HANDLER }, "ERROR_ARGUMENT"],
    [{ PLACEMENT }, "ERROR_ARGUMENT"],
    [{ PLACEMENT: "CRM_NOWHERE", HANDLER }, "ERROR_PLACEMENT_NOT_FOUND"],
    [{ PLACEMENT: "TASK_VIEW_TAB", HANDLER }, "ERROR_PLACEMENT_NOT_FOUND"],
    [{ PLACEMENT, HANDLER: "ftp://x.example/" }, "ERROR_UNSUPPORTED_PROTOCOL"],
    [{ PLACEMENT, HANDLER: "/relative" }, "ERROR_WRONG_HANDLER_URL"],
  ];
  for (const [params, error] of cases) {
    const { status, body } = await call("placement.bind", { ...params });
    assert.deepEqual([status, body.error], [400, error], JSON.stringify(params));
  }
  assert.equal((await call("placement.bind", { PLACEMENT, HANDLER })).status, 200);
  assert.equal((await call("placement.bind", { PLACEMENT, HANDLER })).body.error, "ERROR_CORE");
  assert.equal((await callAs(2, "placement.bind", { PLACEMENT, HANDLER })).body.error, "ACCESS_DENIED");
  on.control.apps.settings({ handlers: { plainHttp: false } });
  const plain = await call("placement.bind", { PLACEMENT, HANDLER: `${HANDLER}/plain` });
  assert.equal(plain.body.error, "ERROR_UNSUPPORTED_PROTOCOL");
});

test("places are listed by scope, those of smart processes are known by their number", async () => {
  const { call } = openTestApplication(openTestPortal());
  const { result } = (await call("placement.list")).body;
  assert.ok(result.includes(PLACEMENT) && result.includes("LEFT_MENU") && !result.includes("TASK_VIEW_TAB"));
  assert.ok((await call("placement.list", { SCOPE: "task" })).body.result.includes("TASK_VIEW_TAB"));
  const smart = { PLACEMENT: "CRM_DYNAMIC_156_DETAIL_TAB", HANDLER };
  assert.equal((await call("placement.bind", smart)).body.result, true);
});
