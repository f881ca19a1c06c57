import assert from "node:assert/strict";
import { test } from "node:test";
import type { DomainEvent } from "../events/portal-events.ts";
import { openTestPortal } from "../testing.ts";

/** What a call tells the portal's subscribers. */
async function heard(
  method: string,
  params: unknown,
): Promise<Pick<DomainEvent, "event" | "fields" | "data">[]> {
  const { portal, call } = openTestPortal();
  const events: DomainEvent[] = [];
  portal.events.onEvent((event) => events.push(event));
  const { body } = await call(method, params);
  assert.ok("result" in body, JSON.stringify(body));
  return events.map(({ event, fields, data }) => ({
    event,
    ...(fields ? { fields } : {}),
    ...(data ? { data } : {}),
  }));
}

const names = async (method: string, params: unknown) =>
  (await heard(method, params)).map(({ event }) => event);

test("universal writes tell what the classic ones tell", async () => {
  assert.deepEqual(await heard("crm.item.add", { entityTypeId: 2, fields: {} }), [
    { event: "ONCRMDEALADD", fields: { ID: 121 } },
  ]);
  assert.deepEqual(await names("crm.item.delete", { entityTypeId: 4, id: 3 }), ["ONCRMCOMPANYDELETE"]);
  assert.deepEqual(await names("crm.item.import", { entityTypeId: 3, fields: { name: "А" } }), [
    "ONCRMCONTACTADD",
  ]);
});

test("a move to another funnel is no update", async () => {
  assert.deepEqual(await heard("crm.item.update", { entityTypeId: 2, id: 1, fields: { categoryId: 2 } }), [
    { event: "ONCRMDEALMOVETOCATEGORY", fields: { ID: 1, CATEGORY_ID: "2", STAGE_ID: "C2:NEW" } },
  ]);
});

test("smart processes tell twice: in general, and by their number", async () => {
  const fields = { ID: 3, ENTITY_TYPE_ID: 156 };
  assert.deepEqual(await heard("crm.item.update", { entityTypeId: 156, id: 3, fields: { title: "Б" } }), [
    { event: "ONCRMDYNAMICITEMUPDATE", fields },
    { event: "ONCRMDYNAMICITEMUPDATE_156", fields },
  ]);
});

test("user fields tell of themselves and of their choices", async () => {
  const fields = { USER_TYPE_ID: "enumeration", FIELD_NAME: "COLOR", LIST: [{ VALUE: "Красный" }] };
  const told = { ID: "196", ENTITY_ID: "CRM_LEAD", FIELD_NAME: "UF_CRM_COLOR" };
  assert.deepEqual(await heard("crm.lead.userfield.add", { fields }), [
    { event: "ONCRMLEADUSERFIELDADD", fields: told },
    { event: "ONCRMLEADUSERFIELDSETENUMVALUES", fields: told },
  ]);
  assert.deepEqual(await names("crm.deal.userfield.delete", { id: 101 }), ["ONCRMDEALUSERFIELDDELETE"]);
});

test("links and product rows are updates of their record", async () => {
  assert.deepEqual(await names("crm.deal.contact.items.set", { id: 1, items: [{ CONTACT_ID: 3 }] }), [
    "ONCRMDEALUPDATE",
  ]);
  assert.deepEqual(await names("crm.deal.productrows.set", { id: 1, rows: [{ PRICE: 1 }] }), [
    "ONCRMDEALUPDATE",
  ]);
});

test("tasks and people", async () => {
  assert.deepEqual(await heard("tasks.task.add", { fields: { TITLE: "А", RESPONSIBLE_ID: 1 } }), [
    {
      event: "ONTASKADD",
      data: {
        FIELDS_BEFORE: "undefined",
        FIELDS_AFTER: { ID: 61 },
        IS_ACCESSIBLE_BEFORE: "N",
        IS_ACCESSIBLE_AFTER: "undefined",
      },
    },
  ]);
  assert.deepEqual(await heard("user.add", { EMAIL: "a@b.example" }), [
    { event: "ONUSERADD", fields: { ID: "13" } },
  ]);
});
