import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openTestPortal, type TestPortal } from "../testing.ts";

const directory = mkdtempSync(join(tmpdir(), "b24kit-books-"));
after(() => rmSync(directory, { recursive: true, force: true }));

const WRITES: readonly (readonly [string, object])[] = [
  ["crm.deal.userfield.add", { fields: { USER_TYPE_ID: "string", FIELD_NAME: "COLOR" } }],
  ["crm.deal.update", { id: 2, fields: { UF_CRM_COLOR: "синий", STAGE_ID: "WON" } }],
  ["crm.deal.userfield.delete", { id: 151 }],
  ["crm.item.add", { entityTypeId: 156, fields: { title: "Склад" } }],
  ["crm.item.update", { entityTypeId: 156, id: 121, fields: { stageId: "DT156_14:SUCCESS" } }],
  ["crm.contact.company.items.set", { id: 6, items: [{ COMPANY_ID: 2, SORT: 7 }, { COMPANY_ID: 3 }] }],
  ["crm.deal.productrows.set", { id: 1, rows: [{ PRICE: 5 }] }],
  ["crm.category.add", { entityTypeId: 2, fields: { name: "Опт" } }],
  ["tasks.task.add", { fields: { TITLE: "А", RESPONSIBLE_ID: 1 } }],
  ["user.add", { EMAIL: "a@b.example" }],
  ["department.delete", { ID: 4 }],
  ["im.notify", { USER_ID: 1, MESSAGE: "Готово" }],
];

const READS: readonly (readonly [string, object])[] = [
  ["crm.deal.fields", {}],
  ["crm.deal.get", { id: 2 }],
  ["crm.item.get", { entityTypeId: 156, id: 121 }],
  ["crm.stagehistory.list", { entityTypeId: 2, filter: { OWNER_ID: 2 } }],
  ["crm.stagehistory.list", { entityTypeId: 156, filter: { OWNER_ID: 121 } }],
  ["crm.company.contact.items.get", { id: 3 }],
  ["crm.deal.productrows.get", { id: 1 }],
  ["crm.status.list", { filter: { ENTITY_ID: "DEAL_STAGE_15" } }],
  ["tasks.task.list", { order: { ID: "DESC" } }],
  ["user.get", {}],
  ["department.get", {}],
  ["im.notify.get", {}],
];

async function readAll({ call }: TestPortal): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const [method, params] of READS) {
    const { body } = await call(method, params);
    assert.ok("result" in body, `${method}: ${JSON.stringify(body)}`);
    answers.push(body.result);
  }
  return answers;
}

test("everything written is there after a restart, and numbers go on where they were", async () => {
  const journalPath = join(directory, "journal.ndjson");
  const first = openTestPortal({ journalPath });
  for (const [method, params] of WRITES) {
    const { body } = await first.call(method, params);
    assert.ok("result" in body, `${method}: ${JSON.stringify(body)}`);
  }
  const before = await readAll(first);
  const second = openTestPortal({ journalPath, counts: { deals: 1 } });
  assert.deepEqual(await readAll(second), before);
  const task = { fields: { TITLE: "Б", RESPONSIBLE_ID: 1 } };
  assert.equal((await second.call("tasks.task.add", task)).body.result.task.id, "62");
});

test("a reset brings all of it back to what was seeded", async () => {
  const portal = openTestPortal();
  const before = await portal.call("crm.deal.fields");
  for (const [method, params] of WRITES) await portal.call(method, params);
  portal.control.reset();
  portal.control.limits({ rate: { enabled: false } });
  assert.deepEqual((await portal.call("crm.deal.fields")).body.result, before.body.result);
  assert.equal((await portal.call("user.get")).body.total, 12);
  assert.equal((await portal.call("crm.item.list", { entityTypeId: 156 })).body.total, 120);
});

test("a list keeps its numbers for ever, and rows that were handed out do not change", async () => {
  const { call, portal } = openTestPortal();
  const add = async () => (await call("im.notify", { USER_ID: 1, MESSAGE: "x" })).body.result as number;
  const first = await add();
  const row = portal.crm.books.notifications.get(first);
  await call("im.notify.read", { ID: first, ONLY_CURRENT: "Y" });
  assert.equal(row?.notify_read, "N");
  await call("im.notify.delete", { ID: first });
  assert.equal(await add(), first + 1);
});
