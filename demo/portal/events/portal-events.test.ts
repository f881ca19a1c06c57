import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestPortal } from "../testing.ts";
import { NO_ORIGIN } from "./origin.ts";
import type { DomainEvent } from "./portal-events.ts";
import { recordEvents } from "./record-events.ts";

test("writes of all four entities tell what they did", async () => {
  const { portal, call } = openTestPortal();
  const heard: DomainEvent[] = [];
  portal.events.onEvent((event) => heard.push(event));
  for (const entity of ["lead", "deal", "contact", "company"]) {
    const id = (await call(`crm.${entity}.add`, { fields: { TITLE: "А", NAME: "Анна" } })).body.result;
    await call(`crm.${entity}.update`, { id, fields: { COMMENTS: "x" }, auth_connector: "ours" });
    await call(`crm.${entity}.delete`, { id });
    const name = `ONCRM${entity.toUpperCase()}`;
    const told = heard.splice(0);
    assert.deepEqual(
      told.map(({ event, fields, userId }) => [event, fields, userId]),
      ["ADD", "UPDATE", "DELETE"].map((kind) => [name + kind, { ID: id }, 1]),
    );
    assert.deepEqual(told[1]?.origin, { clientId: null, connector: "ours" });
  }
});

test("a write that fails tells nothing", async () => {
  const { portal, call } = openTestPortal();
  let heard = 0;
  portal.events.onEvent(() => heard++);
  await call("crm.deal.update", { id: 99_999, fields: {} });
  await call("crm.deal.delete", { id: 99_999 });
  await call("crm.contact.add", { fields: {} });
  assert.equal(heard, 0);
});

test("a deal that moves to another funnel tells of the move alone", () => {
  const before = { CATEGORY_ID: "0", STAGE_ID: "NEW" };
  const after = { CATEGORY_ID: "1", STAGE_ID: "C1:NEW" };
  const change = { entity: "deal", id: 7, before, after, userId: 1, origin: NO_ORIGIN } as const;
  assert.deepEqual(recordEvents(change), [
    { event: "ONCRMDEALMOVETOCATEGORY", fields: { ID: 7, CATEGORY_ID: "1", STAGE_ID: "C1:NEW" } },
  ]);
});
