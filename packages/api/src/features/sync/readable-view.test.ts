import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { readableName } from "./readable-view.ts";

it("names from labels fit PostgreSQL's 63 bytes, are distinct, and say their field where they were cut", () => {
  const label = fc.string({ unit: "grapheme", maxLength: 80 });
  const code = fc.stringMatching(/^UF_CRM_[A-Z0-9_]{1,60}$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(label, code), { selector: ([, name]) => name, maxLength: 30 }),
      (fields) => {
        const taken = new Set<string>();
        const names = fields.map(([words, name]) => readableName(words, name, taken));
        assert.equal(new Set(names).size, names.length);
        for (const name of names) assert.ok(name.length > 0 && Buffer.byteLength(name) <= 63, name);
      },
    ),
  );
  const taken = new Set(["Стадия"]);
  assert.equal(readableName("Стадия", "UF_CRM_1", taken), "Стадия (UF_CRM_1)");
  assert.equal(
    readableName("Очень длинное название поля с подробностями", "UF_CRM_2", taken),
    "Очень длинное название поля (UF_CRM_2)",
  );
});
