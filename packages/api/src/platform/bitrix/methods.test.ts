import assert from "node:assert/strict";
import { test } from "node:test";
import { isReading, scopeOf } from "./methods.ts";

test("what only reads", () => {
  const reads =
    "crm.deal.list CRM.Deal.Get crm.deal.fields crm.status.list user.current profile server.time scope crm.item.list department.get task.elapseditem.getlist crm.status.entity.types crm.duplicate.findbycomm";
  for (const method of reads.split(" ")) assert.equal(isReading(method), true, method);
  const writes =
    "crm.deal.add crm.deal.update crm.deal.delete crm.item.batchImport event.bind event.offline.get im.message.add placement.bind disk.file.getExternalLink batch";
  for (const method of writes.split(" ")) assert.equal(isReading(method), false, method);
});

test("the scope that a method needs", () => {
  assert.equal(scopeOf("crm.deal.list"), "crm");
  assert.equal(scopeOf("tasks.task.list"), "task");
  assert.equal(scopeOf("voximplant.statistic.get"), "telephony");
  assert.equal(scopeOf("server.time"), undefined);
  assert.equal(scopeOf("event.bind"), undefined);
});
