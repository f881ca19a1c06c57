import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { json, openTestPortal } from "../testing.ts";
import { openReceiver, openTestApplication } from "../testing-apps.ts";

const receiver = await openReceiver();
after(() => receiver.close());
beforeEach(() => {
  receiver.forms = [];
});

const rule = (on: ReturnType<typeof openTestPortal>, body: object) =>
  on.send("/_emulator/robots", json(body));

test("the plain Webhook robot posts the document's name, without tokens or a secret", async () => {
  const on = openTestPortal({ handlers: { local: true } });
  const url = `${receiver.url}/robot?deal_id={{ID}}&title={{TITLE}}&key=k`;
  const made = await rule(on, { entity: "deal", stageId: "EXECUTING", action: { kind: "webhook", url } });
  assert.equal(made.status, 201);
  const id = (await on.call("crm.deal.add", { fields: { TITLE: "а&б", STAGE_ID: "NEW" } })).body.result;
  const move = (STAGE_ID: string) => on.call("crm.deal.update", { id, fields: { STAGE_ID } });
  await move("EXECUTING");
  await move("EXECUTING");
  await on.call("crm.deal.update", { id, fields: { COMMENTS: "x" } });
  await on.control.apps.settled();
  assert.deepEqual(receiver.forms, [
    {
      path: `/robot?deal_id=${id}&title=${encodeURIComponent("а&б")}&key=k`,
      document_id: ["crm", "CCrmDocumentDeal", `DEAL_${id}`],
      auth: {
        domain: "portal.example",
        server_endpoint: "http://portal.example/rest/",
        client_endpoint: "http://portal.example/rest/",
        member_id: on.portal.memberId,
      },
    },
  ]);
  await move("NEW");
  await move("EXECUTING");
  await on.call("crm.deal.add", { fields: { STAGE_ID: "EXECUTING" } });
  await on.control.apps.settled();
  assert.equal(receiver.forms.length, 3);
  assert.equal((await on.send("/_emulator/robots/1", { method: "DELETE" })).status, 200);
  await on.call("crm.deal.add", { fields: { STAGE_ID: "EXECUTING" } });
  await on.control.apps.settled();
  assert.equal(receiver.forms.length, 3);
});

test("robots of leads stand on statuses; imported records start none", async () => {
  const on = openTestPortal({ handlers: { local: true } });
  await rule(on, { entity: "lead", stageId: "JUNK", action: { kind: "webhook", url: receiver.url } });
  await on.call("crm.lead.update", { id: 1, fields: { STATUS_ID: "NEW" } });
  await on.call("crm.lead.update", { id: 1, fields: { STATUS_ID: "JUNK" } });
  const after = on.portal.crm.tables.lead.get(1);
  assert.ok(after);
  const origin = { clientId: null, connector: "" };
  const change = { entity: "lead", id: 1, before: null, after, userId: 1, origin } as const;
  on.portal.events.recordChanged({ ...change, imported: true });
  await on.control.apps.settled();
  assert.deepEqual(
    receiver.forms.map(({ document_id }) => document_id[2]),
    ["LEAD_1"],
  );
});

test("bad rules are refused by the field", async () => {
  const on = openTestPortal();
  const webhook = { kind: "webhook", url: "https://app.example.com/" };
  const cases: [object, RegExp][] = [
    [{ entity: "deal", stageId: "NOWHERE", action: webhook }, /stageId/],
    [{ entity: "task", stageId: "NEW", action: webhook }, /entity/],
    [{ entity: "deal", stageId: "NEW", action: { ...webhook, url: "http://localhost/" } }, /url/],
    [{ entity: "deal", stageId: "NEW", action: { kind: "application", clientId: "x", code: "y" } }, /code/],
  ];
  for (const [body, words] of cases) {
    const answer = await rule(on, body);
    assert.equal(answer.status, 400);
    assert.match(answer.body.description, words);
  }
});

const ROBOT = {
  CODE: "copy",
  HANDLER: `${receiver.url}/robot`,
  AUTH_USER_ID: 2,
  USE_SUBSCRIPTION: "Y",
  NAME: { ru: "Копировать", en: "Copy" },
  PROPERTIES: { target: { Name: "Куда", Type: "string" } },
};

test("an application's robot is called with a token for its answer", async () => {
  const on = openTestPortal();
  const { application, call } = openTestApplication(on, { handlerUrl: `${receiver.url}/app` });
  assert.equal((await call("bizproc.robot.add", ROBOT)).body.result, true);
  assert.deepEqual((await call("bizproc.robot.list")).body.result, ["copy"]);
  const action = { kind: "application", clientId: application.clientId, code: "copy" };
  await rule(on, {
    entity: "deal",
    stageId: "WON",
    action: { ...action, properties: { target: "№ {{ID}}" } },
  });
  await on.call("crm.deal.update", { id: 5, fields: { STAGE_ID: "NEW" } });
  const { CATEGORY_ID } = (await on.call("crm.deal.get", { id: 5 })).body.result;
  const id = CATEGORY_ID === "0" ? 5 : (await on.call("crm.deal.add", { fields: {} })).body.result;
  await on.call("crm.deal.update", { id, fields: { STAGE_ID: "WON" } });
  await on.control.apps.settled();
  const [form] = receiver.forms;
  assert.ok(form);
  assert.deepEqual(form.document_id, ["crm", "CCrmDocumentDeal", `DEAL_${id}`]);
  assert.deepEqual(form.document_type, ["crm", "CCrmDocumentDeal", "DEAL"]);
  assert.deepEqual([form.code, form.use_subscription], ["copy", "Y"]);
  assert.deepEqual(form.properties, { target: `№ ${id}` });
  assert.match(form.event_token, new RegExp(`^${form.workflow_id}\\|[^|]+\\|[0-9a-f]+\\.[0-9a-f]+$`));
  assert.deepEqual([form.auth.user_id, form.auth.application_token], ["2", application.applicationToken]);
  assert.ok(on.portal.tokens.renewable(form.auth.refresh_token));
  const answer = { EVENT_TOKEN: form.event_token, RETURN_VALUES: { made: "7" }, LOG_MESSAGE: "готово" };
  await call("bizproc.activity.log", { EVENT_TOKEN: form.event_token, LOG_MESSAGE: "начал" });
  assert.equal((await call("bizproc.event.send", answer)).body.result, true);
  const [run] = (await on.send("/_emulator/robots/runs")).body;
  assert.deepEqual([run.finished, run.returnValues, run.log], [true, { made: "7" }, ["начал", "готово"]]);
  const wrong = await call("bizproc.event.send", { ...answer, EVENT_TOKEN: "x" });
  assert.deepEqual([wrong.status, wrong.body.error], [403, "ACCESS_DENIED"]);
  const stranger = await openTestApplication(on).call("bizproc.event.send", answer);
  assert.equal(stranger.body.error, "ACCESS_DENIED");
});

test("robots are changed and removed, and refused where they are wrong", async () => {
  const on = openTestPortal();
  const { application, call, callAs } = openTestApplication(on, { handlerUrl: `${receiver.url}/app` });
  const add = async (more: object) => (await call("bizproc.robot.add", { ...ROBOT, ...more })).body.error;
  assert.equal(await add({ CODE: "" }), "ERROR_ACTIVITY_VALIDATION_FAILURE");
  assert.equal(await add({ CODE: "a b" }), "ERROR_ACTIVITY_VALIDATION_FAILURE");
  assert.equal(await add({ NAME: "" }), "ERROR_ACTIVITY_VALIDATION_FAILURE");
  assert.equal(await add({ HANDLER: "http://elsewhere.example/" }), "ERROR_WRONG_HANDLER_URL");
  assert.equal(await add({ HANDLER: "nowhere" }), "ERROR_WRONG_HANDLER_URL");
  assert.equal(await add({ HANDLER: "ftp://127.0.0.1/" }), "ERROR_UNSUPPORTED_PROTOCOL");
  assert.equal((await callAs(2, "bizproc.robot.add", ROBOT)).body.error, "ACCESS_DENIED");
  assert.equal(await add({}), undefined);
  assert.equal(await add({}), "ERROR_ACTIVITY_ALREADY_INSTALLED");
  const FIELDS = { NAME: "Иначе", USE_SUBSCRIPTION: "N" };
  assert.equal((await call("bizproc.robot.update", { CODE: "copy", FIELDS })).body.result, true);
  const robot = on.portal.robots.get(application.clientId, "copy");
  assert.deepEqual([robot?.name, robot?.useSubscription, robot?.authUserId], ["Иначе", false, 2]);
  const action = { kind: "application", clientId: application.clientId, code: "copy" };
  assert.equal((await rule(on, { entity: "deal", stageId: "NEW", action })).status, 201);
  assert.equal((await call("bizproc.robot.delete", { CODE: "copy" })).body.result, true);
  assert.equal((await call("bizproc.robot.delete", { CODE: "copy" })).body.error, "ERROR_ACTIVITY_NOT_FOUND");
  assert.deepEqual((await on.send("/_emulator/robots")).body, []);
});
