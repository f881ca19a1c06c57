import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestPortal } from "../testing.ts";
import { ENTITIES } from "../values.ts";

const { call, control, portal } = openTestPortal();
const ids = (body: { result: { ID: string }[] }) => body.result.map((row) => Number(row.ID));

test("fields describe system and user fields in the portal's shape", async () => {
  const { result } = (await call("crm.deal.fields")).body;
  const { title, ...stage } = result.STAGE_ID;
  assert.equal(title, "Стадия сделки");
  assert.deepEqual(stage, {
    type: "crm_status",
    isRequired: false,
    isReadOnly: false,
    isImmutable: false,
    isMultiple: false,
    isDynamic: false,
    statusType: "DEAL_STAGE",
  });
  assert.equal(result.CATEGORY_ID.isImmutable, true);
  assert.equal(result.CONTACT_ID.isDeprecated, true);
  const services = result.UF_CRM_SERVICES;
  assert.deepEqual([services.isDynamic, services.isMultiple, services.type], [true, true, "enumeration"]);
  assert.deepEqual([services.title, services.listLabel], ["UF_CRM_SERVICES", "Услуги"]);
  assert.deepEqual(services.items[0], { ID: "61", VALUE: "Уборка подъездов" });
  assert.deepEqual(result.UF_CRM_CONTRACT_FILE.settings, []);
});

test("every kind of user field exists on deals", () => {
  const types = new Set(
    portal.crm.catalogues.deal.fields.filter((field) => field.isDynamic).map((field) => field.type),
  );
  const wanted =
    "string integer double boolean enumeration datetime date money url address file employee crm_status";
  for (const type of [
    ...wanted.split(" "),
    "iblock_section",
    "iblock_element",
    "crm",
    "resourcebooking",
    "rest_4_rating",
  ]) {
    assert.equal(types.has(type), true, type);
  }
});

test("system scalars are texts or null, never numbers", async () => {
  for (const entity of ENTITIES) {
    const fields = (await call(`crm.${entity}.fields`)).body.result;
    for (const row of (await call(`crm.${entity}.list`)).body.result) {
      for (const [name, value] of Object.entries(row)) {
        if (fields[name].isDynamic) continue;
        assert.equal(
          value === null || typeof value === "string",
          true,
          `${entity} ${name} ${JSON.stringify(value)}`,
        );
      }
    }
  }
});

test("a select of nothing gives all but the multi-fields; they must be named", async () => {
  const [all] = (await call("crm.contact.list")).body.result;
  assert.equal("UF_CRM_LOYALTY" in all && "NAME" in all, true);
  assert.equal("PHONE" in all || "EMAIL" in all, false);
  const page = (await call("crm.contact.list", { select: ["ID", "PHONE", "EMAIL"] })).body.result;
  const withPhone = page.find((row: { PHONE?: unknown }) => row.PHONE);
  assert.deepEqual(Object.keys(withPhone.PHONE[0]), ["ID", "VALUE_TYPE", "VALUE", "TYPE_ID"]);
  assert.equal(withPhone.PHONE[0].TYPE_ID, "PHONE");
});

test("masks: * without user fields, UF_* without the others, unknown names ignored", async () => {
  const names = async (select: unknown) =>
    Object.keys((await call("crm.contact.list", { select })).body.result[0]);
  assert.equal(
    (await names(["*"])).some((name) => name.startsWith("UF_")),
    false,
  );
  assert.equal(
    (await names(["UF_*"])).every((name) => name.startsWith("UF_")),
    true,
  );
  assert.deepEqual(await names(["title", "NAME", "NO_SUCH_FIELD"]), ["NAME"]);
  assert.deepEqual(await names(["NO_SUCH_FIELD"]), await names([]));
});

test("lists of links are not part of list and get", async () => {
  const got = (await call("crm.deal.get", { id: 1 })).body.result;
  const [listed] = (await call("crm.deal.list", { select: ["*", "CONTACT_IDS"] })).body.result;
  assert.equal("CONTACT_IDS" in got || "CONTACT_IDS" in listed, false);
});

test("pages of 50: total always, next except on the last, start rounded down to a page", async () => {
  const page = async (start: unknown) =>
    (await call("crm.deal.list", { start, select: ["ID"], order: { ID: "ASC" } })).body;
  const first = await page(0);
  assert.deepEqual([first.total, first.next, ids(first)[0], ids(first).length], [120, 50, 1, 50]);
  for (const start of [30, 49, "30", "abc", ""]) assert.equal(ids(await page(start))[0], 1);
  assert.equal(ids(await page(50))[0], 51);
  assert.equal(ids(await page(99))[0], 51);
  const last = await page(100);
  assert.deepEqual([last.total, "next" in last, ids(last).length], [120, false, 20]);
});

test("start=-1 counts nothing: total is 0 or absent, next absent", async () => {
  const request = { start: -1, filter: { ">ID": 60 }, order: { ID: "ASC" }, select: ["ID"] };
  const { body } = await call("crm.deal.list", request);
  assert.deepEqual([body.total, "next" in body, ids(body)[0], ids(body).length], [0, false, 61, 50]);
  control.limits({ uncountedTotal: "absent" });
  assert.equal("total" in (await call("crm.deal.list", request)).body, false);
  control.limits({ uncountedTotal: "zero" });
});

test("order goes by several fields, ties by ID, unknown fields ignored", async () => {
  const { result } = (
    await call("crm.deal.list", { order: { CATEGORY_ID: "DESC", OPPORTUNITY: "asc", NOPE: "ASC" } })
  ).body;
  const keys = result.map((row: Record<string, string>) => [
    -Number(row.CATEGORY_ID),
    Number(row.OPPORTUNITY),
  ]);
  const sorted = [...keys].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  assert.deepEqual(keys, sorted);
  const reversed = ids((await call("crm.deal.list", { order: { ID: "DESC" }, select: ["ID"] })).body);
  assert.deepEqual(reversed.slice(0, 3), [120, 119, 118]);
});

test("filter and order must be maps", async () => {
  for (const name of ["filter", "order"]) {
    const { status, body } = await call("crm.deal.list", { [name]: "ID" });
    assert.equal(status, 400);
    assert.deepEqual(body, { error: "", error_description: `Parameter '${name}' must be array.` });
  }
  assert.equal((await call("crm.deal.list", { filter: [], order: [] })).status, 200);
});

test("get needs an ID that exists", async () => {
  for (const id of [undefined, 0, -5, "abc", "", [], null]) {
    const { status, body } = await call("crm.lead.get", { id });
    assert.equal(status, 400);
    assert.deepEqual(body, { error: "", error_description: "ID is not defined or invalid." });
  }
  assert.deepEqual((await call("crm.lead.get", { id: 9999 })).body, {
    error: "",
    error_description: "Not found",
  });
  assert.equal((await call("crm.lead.get", { ID: "7" })).body.result.ID, "7");
});

test("an unknown filter field is ignored: a typo returns everything", async () => {
  assert.equal(
    (await call("crm.deal.list", { filter: { NO_SUCH: 1, ">=DATE_MODIFYED": "2026-01-01" } })).body.total,
    120,
  );
});
