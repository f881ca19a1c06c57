import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { openTestPortal } from "../testing.ts";
import { ENTITIES } from "../values.ts";

const directory = mkdtempSync(join(tmpdir(), "b24kit-portal-"));
after(() => rmSync(directory, { recursive: true, force: true }));
let portals = 0;
const fresh = () => join(directory, `portal-${++portals}`, "journal.ndjson");

/** Opens the portal that a journal tells of, as a restart does: without saying again what is in it. */
const open = (journalPath: string, counts?: object) =>
  openTestPortal({ journalPath, ...(counts ? { counts } : { counts: { deals: 1 } }) });

const sums = ({ control }: ReturnType<typeof openTestPortal>) =>
  ENTITIES.map((entity) => control.checksum(entity));

test("all that was written is there after a restart", async () => {
  const path = fresh();
  const first = open(path, { deals: 100, contacts: 50, companies: 20, leads: 30, users: 9 });
  first.control.mutate({ seed: 3, operations: 300 });
  const webhook = first.control.createWebhook({ scopes: ["crm"] });
  const revoked = first.control.createWebhook({ scopes: ["crm"] });
  first.control.revokeWebhook(revoked.code);
  const before = sums(first);
  // Nothing is closed: the process is simply gone.
  const second = open(path);
  assert.deepEqual(sums(second), before);
  assert.deepEqual(second.portal.seedParameters(), first.portal.seedParameters());
  assert.equal((await second.send(`${webhook.path}crm.deal.fields`)).status, 200);
  assert.equal((await second.send(`${revoked.path}crm.deal.fields`)).status, 401);
});

test("IDs go on where they were, also after the last record was deleted", async () => {
  const path = fresh();
  const first = open(path, { deals: 5, contacts: 5 });
  const add = async ({ call }: typeof first) => (await call("crm.deal.add", { fields: {} })).body.result;
  assert.equal(await add(first), 6);
  await first.call("crm.deal.delete", { id: 6 });
  const phone = { fields: { NAME: "А", PHONE: [{ VALUE: "1" }] } };
  const contact = (await first.call("crm.contact.add", phone)).body.result;
  const [point] = (await first.call("crm.contact.get", { id: contact })).body.result.PHONE;
  const second = open(path);
  assert.equal(await add(second), 7);
  const next = (await second.call("crm.contact.add", phone)).body.result;
  const [later] = (await second.call("crm.contact.get", { id: next })).body.result.PHONE;
  assert.equal(Number(later.ID), Number(point.ID) + 1);
});

test("a torn last line is cut off, and what follows is kept", async () => {
  const path = fresh();
  const first = open(path, { deals: 5 });
  await first.call("crm.deal.update", { id: 1, fields: { TITLE: "Первая" } });
  appendFileSync(path, '{"kind":"update","entity":"deal","id":1,"row":{"TITLE":"Полов');
  const second = open(path);
  assert.equal((await second.call("crm.deal.get", { id: 1 })).body.result.TITLE, "Первая");
  await second.call("crm.deal.update", { id: 2, fields: { TITLE: "Вторая" } });
  const third = open(path);
  assert.equal((await third.call("crm.deal.get", { id: 2 })).body.result.TITLE, "Вторая");
});

test("seeding and resetting start the journal anew", () => {
  const path = fresh();
  const first = open(path, { deals: 5 });
  const before = sums(first);
  first.control.mutate({ seed: 1, operations: 50 });
  assert.notDeepEqual(sums(first), before);
  first.control.reset();
  assert.deepEqual(sums(first), before);
  assert.equal(readFileSync(path, "utf8").trim().split("\n").length, 2);
  first.control.seed({ deals: 7, seed: 99 });
  assert.equal(open(path).portal.crm.tables.deal.size, 7);
});
