import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestPortal } from "../testing.ts";
import { ENTITIES } from "../values.ts";

const { call, control } = openTestPortal();
const add = async (entity: string, fields: unknown, params?: unknown): Promise<number> =>
  (await call(`crm.${entity}.add`, { fields, params })).body.result;
const get = async (entity: string, id: number) => (await call(`crm.${entity}.get`, { id })).body.result;

test("a new record has the portal's defaults and stamps", async () => {
  const id = await add("deal", { OPPORTUNITY: 1500, COMPANY_ID: 3 });
  assert.equal(typeof id, "number");
  const deal = await get("deal", id);
  const expected = {
    ID: String(id),
    TITLE: `Сделка #${id}`,
    CATEGORY_ID: "0",
    STAGE_ID: "NEW",
    STAGE_SEMANTIC_ID: "P",
    IS_NEW: "Y",
    CLOSED: "N",
    OPPORTUNITY: "1500.00",
    CURRENCY_ID: "RUB",
    COMPANY_ID: "3",
    CONTACT_ID: null,
    ASSIGNED_BY_ID: "1",
    CREATED_BY_ID: "1",
    DATE_CREATE: "2026-05-01T12:00:00+03:00",
    DATE_MODIFY: "2026-05-01T12:00:00+03:00",
    BEGINDATE: "2026-05-01T03:00:00+03:00",
    UF_CRM_TAGS: false,
  };
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(deal[name], value, name);
});

test("IDs rise and are never used twice", async () => {
  const first = await add("lead", { TITLE: "a" });
  assert.equal((await call("crm.lead.delete", { id: first })).body.result, true);
  assert.equal(await add("lead", { TITLE: "b" }), first + 1);
  assert.equal((await call("crm.lead.get", { id: first })).body.error_description, "Not found");
});

test("user fields of every type are stored in the shapes that lists show", async () => {
  const given = {
    UF_CRM_CONTRACT_NUMBER: 17,
    UF_CRM_FLOORS: "9 этажей",
    UF_CRM_AREA: 54.5,
    UF_CRM_VIP: "Y",
    UF_CRM_1721244482250: 46,
    UF_CRM_SERVICES: [61, "62", ""],
    UF_CRM_INSPECTION_AT: "2026-06-01T10:00:00Z",
    UF_CRM_CONTRACT_UNTIL: "31.12.2026",
    UF_CRM_PREPAYMENT: 300,
    UF_CRM_TAGS: "срочно",
    UF_CRM_VISIT_DATES: ["2026-06-01", "2026-06-02"],
    UF_CRM_CONTRACT_FILE: { fileData: ["a.pdf", "AAAA"] },
    UF_CRM_RELATED: ["C_1", "CO_3"],
    UF_CRM_FOREMAN: 5,
    NO_SUCH_FIELD: 1,
  };
  const deal = await get("deal", await add("deal", given));
  assert.equal(deal.UF_CRM_CONTRACT_NUMBER, "17");
  assert.equal(deal.UF_CRM_FLOORS, "9");
  assert.equal(deal.UF_CRM_AREA, "54.5");
  assert.equal(deal.UF_CRM_VIP, "1");
  assert.equal(deal.UF_CRM_1721244482250, "46");
  assert.deepEqual(deal.UF_CRM_SERVICES, ["61", "62"]);
  assert.equal(deal.UF_CRM_INSPECTION_AT, "2026-06-01T13:00:00+03:00");
  assert.equal(deal.UF_CRM_CONTRACT_UNTIL, "2026-12-31T03:00:00+03:00");
  assert.equal(deal.UF_CRM_PREPAYMENT, "300|RUB");
  assert.deepEqual(deal.UF_CRM_TAGS, ["срочно"]);
  assert.deepEqual(deal.UF_CRM_VISIT_DATES, ["2026-06-01T03:00:00+03:00", "2026-06-02T03:00:00+03:00"]);
  assert.deepEqual(Object.keys(deal.UF_CRM_CONTRACT_FILE), ["id", "showUrl", "downloadUrl"]);
  assert.deepEqual(deal.UF_CRM_RELATED, ["C_1", "CO_3"]);
  assert.equal(deal.UF_CRM_FOREMAN, "5");
  assert.equal("NO_SUCH_FIELD" in deal, false);
});

test("an update stamps the record and follows the stage", async () => {
  const id = await add("deal", { TITLE: "До" });
  control.clock({ advance: 90_000 });
  assert.equal(
    (await call("crm.deal.update", { id, fields: { STAGE_ID: "WON", TITLE: "После" } })).body.result,
    true,
  );
  const deal = await get("deal", id);
  assert.deepEqual(
    [
      deal.TITLE,
      deal.STAGE_SEMANTIC_ID,
      deal.CLOSED,
      deal.IS_NEW,
      deal.MOVED_TIME,
      deal.DATE_MODIFY,
      deal.DATE_CREATE,
    ],
    [
      "После",
      "S",
      "Y",
      "N",
      "2026-05-01T12:01:30+03:00",
      "2026-05-01T12:01:30+03:00",
      "2026-05-01T12:00:00+03:00",
    ],
  );
  control.clock({ advance: 1_000 });
  await call("crm.deal.update", { id, fields: { COMMENTS: "x" } });
  assert.equal((await get("deal", id)).MOVED_TIME, "2026-05-01T12:01:30+03:00");
});

test("read-only and immutable fields keep their values", async () => {
  const id = await add("deal", {
    ID: 5,
    DATE_CREATE: "2020-01-01",
    CATEGORY_ID: 2,
    STAGE_ID: "C2:EXECUTING",
  });
  await call("crm.deal.update", {
    id,
    fields: { ID: 6, CREATED_BY_ID: 9, CATEGORY_ID: 0, STAGE_ID: "NO_SUCH" },
  });
  const deal = await get("deal", id);
  assert.deepEqual(
    [deal.ID, deal.CREATED_BY_ID, deal.CATEGORY_ID, deal.STAGE_ID, deal.DATE_CREATE.slice(0, 4)],
    [String(id), "1", "2", "C2:EXECUTING", "2026"],
  );
});

test("an import may set dates and authors", async () => {
  const stamps = {
    DATE_CREATE: "2025-01-02T03:04:05+03:00",
    DATE_MODIFY: "2025-02-03T04:05:06+03:00",
    CREATED_BY_ID: 4,
  };
  const deal = await get("deal", await add("deal", stamps, { IMPORT: "Y" }));
  assert.deepEqual(
    [deal.DATE_CREATE, deal.DATE_MODIFY, deal.CREATED_BY_ID],
    [stamps.DATE_CREATE, stamps.DATE_MODIFY, "4"],
  );
});

test("phones are added, changed and deleted by their own IDs", async () => {
  const PHONE = [{ VALUE: "+7 1", VALUE_TYPE: "MOBILE" }, { VALUE: "+7 2" }];
  const id = await add("contact", { NAME: "Пётр", PHONE });
  const [first, second] = (await get("contact", id)).PHONE;
  assert.deepEqual([first.VALUE_TYPE, second.VALUE_TYPE, first.TYPE_ID], ["MOBILE", "WORK", "PHONE"]);
  const update = (points: unknown) => call("crm.contact.update", { id, fields: { PHONE: points } });
  await update([{ ID: first.ID, VALUE: "" }, { ID: second.ID, VALUE: "+7 22" }, { VALUE: "+7 3" }]);
  assert.deepEqual(
    (await get("contact", id)).PHONE.map((point: { VALUE: string }) => point.VALUE),
    ["+7 22", "+7 3"],
  );
  const left = (await get("contact", id)).PHONE;
  await update(left.map((point: { ID: string }) => ({ ID: point.ID, DELETE: "Y" })));
  const bare = await get("contact", id);
  assert.deepEqual(["PHONE" in bare, bare.HAS_PHONE], [false, "N"]);
});

test("links to contacts: one writes the other", async () => {
  const id = await add("deal", { CONTACT_IDS: [4, 5] });
  assert.equal((await get("deal", id)).CONTACT_ID, "4");
  await call("crm.deal.update", { id, fields: { CONTACT_IDS: [7] } });
  assert.equal((await get("deal", id)).CONTACT_ID, "7");
});

test("what the portal refuses, in its words", async () => {
  const refused = async (method: string, params: unknown) => {
    const { status, body } = await call(method, params);
    assert.equal(status, 400);
    return [body.error, body.error_description];
  };
  assert.deepEqual(await refused("crm.deal.add", {}), ["", "Parameter 'fields' must be array."]);
  assert.deepEqual(await refused("crm.deal.add", { fields: "x" }), ["", "Parameter 'fields' must be array."]);
  assert.deepEqual(await refused("crm.deal.update", { id: 0, fields: {} }), [
    "",
    "ID is not defined or invalid.",
  ]);
  assert.deepEqual(await refused("crm.deal.update", { id: 9999, fields: {} }), ["", "Not found"]);
  assert.deepEqual(await refused("crm.lead.delete", { id: 9999 }), ["", "Not found"]);
  assert.deepEqual(await refused("crm.contact.delete", { id: 9999 }), ["ERROR_CORE", "Contact is not found"]);
  assert.deepEqual(await refused("crm.company.delete", { id: 9999 }), ["", "Company is not found"]);
  assert.equal((await refused("crm.contact.add", { fields: { POST: "x" } }))[0], "");
  assert.equal((await refused("crm.company.add", { fields: {} }))[0], "");
  assert.equal(
    (await refused("crm.contact.add", { fields: { NAME: "А", EMAIL: [{ VALUE: "нет" }] } }))[0],
    "ERROR_CORE",
  );
});

test("every kind of record can be added, changed and deleted", async () => {
  for (const entity of ENTITIES) {
    const id = await add(entity, { TITLE: "Имя", NAME: "Имя" });
    await call(`crm.${entity}.update`, { id, fields: { COMMENTS: "Новый" } });
    assert.equal((await get(entity, id)).COMMENTS, "Новый");
    assert.equal((await call(`crm.${entity}.delete`, { id })).body.result, true);
  }
});

test("an answer already given does not change when the record does", async () => {
  const { body } = await call("batch", {
    cmd: {
      before: "crm.deal.list?filter[ID]=3",
      change: "crm.deal.update?id=3&fields[TITLE]=Иное",
      after: "crm.deal.get?id=3",
    },
  });
  assert.notEqual(body.result.result.before[0].TITLE, "Иное");
  assert.equal(body.result.result.after.TITLE, "Иное");
});
