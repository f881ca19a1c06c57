import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createCatalogue } from "../fields/catalogue.ts";
import { describeField } from "../fields/field.ts";
import { createZone } from "../zone.ts";
import { listPage } from "./list.ts";
import { Table } from "./table.ts";

test("a table behaves like a map kept in the order of its keys", () => {
  const step = fc.record({
    what: fc.constantFrom("insert", "remove", "replace", "get"),
    id: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), fc.array(step, { maxLength: 60 }), (count, steps) => {
      const table = new Table(count, (id) => ({ ID: String(id), V: 0 }));
      const model = new Map(Array.from({ length: count }, (_, i) => [i + 1, 0]));
      let highest = count;
      steps.forEach(({ what, id }, version) => {
        const row = { ID: String(id), V: version };
        if (what === "insert") table.insert(id, row);
        if (what === "replace") table.replace(id, row);
        if (what === "insert" || (what === "replace" && model.has(id))) model.set(id, version);
        if (what === "insert") highest = Math.max(highest, id);
        if (what === "remove") assert.equal(table.remove(id), model.delete(id));
        assert.equal(table.get(id)?.V, model.get(id));
      });
      assert.deepEqual(
        table.ids,
        [...model.keys()].sort((a, b) => a - b),
      );
      for (const [i, id] of table.ids.entries()) assert.equal(table.at(i).V, model.get(id));
      assert.equal(table.nextId, highest + 1);
    }),
  );
});

test("a page by ID reads its own rows only, however large the table", () => {
  let made = 0;
  const table = new Table(1_000_000, (id) => {
    made++;
    return { ID: String(id) };
  });
  const catalogue = createCatalogue([describeField(["ID", "integer", ""])]);
  const page = (filter: Record<string, unknown>, start: number, ID = "ASC") =>
    listPage(table, catalogue, createZone(180), { filter, order: { ID }, start });
  assert.equal(page({ ">ID": 777_000 }, -1).rows[49]?.ID, "777050");
  assert.equal(made, 50);
  assert.equal(page({ ">ID": 100, "<=ID": 900_100 }, 0).total, 900_000);
  assert.equal(page({}, 999_950, "DESC").rows[49]?.ID, "1");
  assert.equal(page({ "@ID": [5, 500_000, 2_000_000] }, -1).rows.length, 2);
  assert.equal(made <= 50 * 3 + 2, true);
});
