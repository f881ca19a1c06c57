import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import { openTestPortal } from "../testing.ts";
import { openReceiver, openTestApplication } from "../testing-apps.ts";

const receiver = await openReceiver();
after(() => receiver.close());
beforeEach(() => {
  receiver.forms = [];
});

async function openQueue(connector = "") {
  const on = openTestPortal();
  const app = openTestApplication(on);
  const bind = (event: string) =>
    app.call("event.bind", { event, event_type: "offline", auth_connector: connector });
  for (const event of ["ONCRMDEALUPDATE", "ONCRMDEALADD"]) assert.equal((await bind(event)).status, 200);
  const change = (id: number, more = {}) => app.call("crm.deal.update", { id, fields: {}, ...more });
  const get = async (params = {}) => {
    const { body } = await app.call("event.offline.get", { auth_connector: connector, ...params });
    assert.equal(body.error, undefined, JSON.stringify(body));
    return body.result;
  };
  return { on, ...app, change, get };
}

type Shown = { EVENT_DATA: { FIELDS: { ID: number } }; MESSAGE_ID: string; ID: string };
const ids = (events: Shown[]) => events.map(({ EVENT_DATA }) => EVENT_DATA.FIELDS.ID);

test("the queue keeps one row per event and object, the last change", async () => {
  const { on, change, get } = await openQueue();
  await change(7);
  await change(8);
  on.control.clock({ advance: 60_000 });
  await change(7);
  const { process_id, events } = await get();
  assert.equal(process_id, null);
  assert.deepEqual(ids(events), [8, 7]);
  const { MESSAGE_ID, ...last } = events[1];
  assert.match(MESSAGE_ID, /^[0-9a-f]{32}$/);
  assert.deepEqual(last, {
    ID: "3",
    TIMESTAMP_X: on.portal.zone.datetime(on.portal.clock.now()),
    EVENT_NAME: "ONCRMDEALUPDATE",
    EVENT_DATA: { FIELDS: { ID: 7 } },
    EVENT_ADDITIONAL: { user_id: 1 },
  });
  assert.deepEqual((await get()).events, []);
});

test("reserved events are cleared by their reading, whole or by message", async () => {
  const { call, change, get } = await openQueue();
  for (const id of [1, 2, 3]) await change(id);
  const reading = await get({ clear: 0, limit: 2 });
  assert.deepEqual(ids(reading.events), [1, 2]);
  const { process_id } = reading;
  await change(1);
  const rest = await get({ clear: 0 });
  assert.deepEqual(ids(rest.events), [3, 1]);
  assert.deepEqual(ids((await get({ clear: 0, process_id })).events), [1, 2]);
  const message_id = [reading.events[0].MESSAGE_ID];
  assert.equal((await call("event.offline.clear", { process_id, message_id })).body.result, true);
  assert.deepEqual(ids((await get({ clear: 0, process_id })).events), [2]);
  await call("event.offline.clear", { process_id });
  assert.deepEqual((await get({ clear: 0, process_id })).events, []);
  assert.equal((await call("event.offline.list")).body.total, 2);
  assert.equal((await call("event.offline.clear")).body.error, "ERROR_ARGUMENT");
});

test("what was marked as an error is found again on demand", async () => {
  const { call, change, get } = await openQueue();
  await change(1);
  const { process_id, events } = await get({ clear: 0 });
  const message_id = [events[0].MESSAGE_ID];
  assert.equal((await call("event.offline.error", { process_id, message_id })).body.result, true);
  assert.deepEqual((await get({ clear: 0 })).events, []);
  assert.deepEqual(ids((await get({ error: 1 })).events), [1]);
});

test("filter, order and a connector that is spared its own writes", async () => {
  const { call, change, get } = await openQueue("ours");
  await change(1, { auth_connector: "ours" });
  await change(2);
  await change(3, { auth_connector: "theirs" });
  await call("crm.deal.add", { fields: {} });
  const { result } = (await call("event.offline.list", { auth_connector: "ours" })).body;
  assert.deepEqual(ids(result), [2, 3, 121]);
  const shown = await get({ clear: 0, order: { ID: "DESC" }, filter: { EVENT_NAME: "ONCRMDEALUPDATE" } });
  assert.deepEqual(ids(shown.events), [3, 2]);
  assert.deepEqual((await call("event.offline.get")).body.result.events, []);
});

test("reserved events that nobody cleared are dropped after thirty days", async () => {
  const { on, call, change, get } = await openQueue();
  await change(1);
  await get({ clear: 0 });
  on.control.clock({ advance: 30 * 86_400_000 + 1 });
  await change(2);
  await get({ clear: 0 });
  assert.equal((await call("event.offline.list")).body.total, 1);
});

test("only administrators read the queue", async () => {
  const { callAs } = await openQueue();
  assert.equal((await callAs(2, "event.offline.get")).body.error, "ACCESS_DENIED");
});

test("ONOFFLINEEVENT pings at most once per minTimeout, and once more for what came since", async () => {
  const { on, call, change } = await openQueue();
  const options = { minTimeout: 10 };
  await call("event.bind", { event: "ONOFFLINEEVENT", handler: `${receiver.url}/ping`, options });
  for (const id of [1, 2, 3]) await change(id);
  await on.control.apps.settled();
  assert.equal(receiver.forms.length, 1);
  on.control.clock({ advance: 9_999 });
  await change(4);
  await on.control.apps.settled();
  assert.equal(receiver.forms.length, 1);
  on.control.clock({ advance: 1 });
  await on.control.apps.settled();
  assert.equal(receiver.forms.length, 2);
  on.control.clock({ advance: 60_000 });
  await on.control.apps.settled();
  assert.equal(receiver.forms.length, 2);
  const [form] = receiver.forms;
  assert.equal(form?.event, "ONOFFLINEEVENT");
  assert.ok(on.portal.tokens.renewable(form?.auth.refresh_token));
});
