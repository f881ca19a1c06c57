import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { json, openTestPortal } from "../testing.ts";
import { openReceiver, openTestApplication } from "../testing-apps.ts";

const directory = mkdtempSync(join(tmpdir(), "b24kit-apps-"));
after(() => rmSync(directory, { recursive: true, force: true }));
let portals = 0;
const freshPath = () => join(directory, String(++portals), "journal.ndjson");

test("applications and all that belongs to them are there after a restart", async () => {
  const journalPath = freshPath();
  const first = openTestPortal({ journalPath });
  const { application, call } = openTestApplication(first);
  const { clientId } = application;
  const token = first.portal.tokens.issue(application, 2);
  const spent = first.portal.tokens.issue(application, 2);
  const renewed = first.portal.tokens.issue(application, 2, spent.refresh);
  const code = first.portal.tokens.issueCode(clientId, 1);
  const used = first.portal.tokens.issueCode(clientId, 1);
  first.portal.tokens.takeCode(used.code, clientId);
  const HANDLER = "http://127.0.0.1:9/h";
  await call("event.bind", { event: "ONCRMDEALADD", handler: HANDLER });
  await call("event.bind", { event: "ONCRMDEALADD", event_type: "offline" });
  await call("placement.bind", { PLACEMENT: "CRM_DEAL_LIST_MENU", HANDLER });
  await call("bizproc.robot.add", { CODE: "r", NAME: "Р", HANDLER });
  const events = ["ONCRMDEALADD"];
  const webhook = first.control.apps.addOutgoingWebhook({ url: HANDLER, events });
  const gone = first.control.apps.create({ title: "Б", handlerUrl: HANDLER });
  first.control.apps.remove(gone.id);
  const action = { kind: "application", clientId, code: "r" } as const;
  first.control.apps.addRobotRule({ entity: "deal", stageId: "NEW", action });
  await call("crm.deal.add", { fields: {} });
  first.control.apps.rename({ url: "http://renamed.example" });
  const state = ({ portal, control }: typeof first) => [
    control.apps.list(),
    control.apps.bindings(clientId),
    control.apps.outgoingWebhooks(),
    control.apps.robotRules(),
    control.apps.robotRuns(),
    portal.offline.of(clientId, ""),
    control.apps.rename(),
    portal.address.isFormer("portal.example"),
    portal.tokens.get(token.access),
    portal.tokens.renewable(renewed.refresh ?? ""),
    portal.tokens.renewable(spent.refresh ?? ""),
  ];
  // Nothing is closed: the process is simply gone.
  const second = openTestPortal({ journalPath });
  assert.deepEqual(state(second), state(first));
  assert.equal(second.control.apps.robotRuns().length, 1);
  assert.equal(second.portal.offline.of(clientId, "").length, 1);
  assert.deepEqual(second.control.apps.outgoingWebhooks(), [webhook]);
  assert.equal(second.portal.tokens.takeCode(used.code, clientId), undefined);
  assert.equal(second.portal.tokens.takeCode(code.code, clientId)?.userId, 1);
  assert.equal(second.portal.applications.remember(gone.clientId)?.removed, true);
  assert.equal(second.portal.applications.nextId, 3);
  second.control.apps.rename({ url: "http://portal.example" });
  const { status } = await second.send("/rest/crm.deal.get?id=1", json({ auth: token.access }));
  assert.equal(status, 200);
});

test("a reset takes applications away, and the name given since", () => {
  const on = openTestPortal();
  const { application } = openTestApplication(on);
  const token = on.portal.tokens.issue(application, 1);
  on.control.apps.rename({ url: "http://renamed.example" });
  const memberId = on.portal.memberId;
  on.control.reset();
  assert.deepEqual(on.control.apps.list(), []);
  assert.equal(on.portal.tokens.get(token.access), undefined);
  assert.deepEqual(on.control.apps.rename(), { url: "http://portal.example", memberId });
  assert.equal(on.portal.applications.nextId, 1);
});

test("deliveries that have not left are sent by the next start, once", async () => {
  const receiver = await openReceiver();
  after(() => receiver.close());
  const journalPath = freshPath();
  const first = openTestPortal({ journalPath });
  const { call } = openTestApplication(first);
  await call("event.bind", { event: "ONCRMDEALADD", handler: `${receiver.url}/events` });
  first.control.apps.settings({ delivery: { delayMs: 60_000 } });
  await call("crm.deal.add", { fields: { TITLE: "ждёт" } });
  first.portal.close();
  assert.equal(receiver.forms.length, 0);
  for (const expected of [1, 1]) {
    const next = openTestPortal({ journalPath });
    next.control.clock({ advance: 120_000 });
    await next.control.apps.settled();
    assert.equal(receiver.forms.length, expected);
    next.portal.close();
  }
  assert.equal(receiver.forms[0]!.event, "ONCRMDEALADD");
});
