import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { readStatements } from "../test/corpus.ts";
import { disguised } from "../test/disguises.ts";
import { sampleCatalogue } from "../test/sample-catalogue.ts";
import { checkSql, loadGuard, type Refusal } from "./check-sql.ts";

const readable = { catalogue: sampleCatalogue, schema: "crm_chart", isHidden: () => false };
const check = (text: string) => checkSql(text, readable);

function refusal(text: string): Refusal {
  const verdict = check(text);
  assert.ok(!verdict.ok, `let through: ${text}`);
  return verdict.refusal;
}

describe("the guard", () => {
  before(loadGuard);

  it("lets every legitimate question pass", () => {
    const statements = readStatements("legitimate.sql");
    assert.ok(statements.length >= 60);
    for (const text of statements) assert.deepEqual(check(text).ok || check(text), true, text);
  });

  it("refuses every hostile statement in every disguise", () => {
    const statements = readStatements("hostile.sql");
    assert.ok(statements.length >= 200, `${statements.length}`);
    const passed = disguised(statements).filter(({ text }) => check(text).ok);
    assert.deepEqual(passed, []);
  });

  for (const [text, code, position, hint] of [
    ["SELECT amont FROM deals", "unknown_column", 7, "Did you mean amount?"],
    ["SELECT 'ж', opportunity FROM deals", "unknown_column", 12, "Did you mean amount?"],
    ["SELECT id FROM deal", "unknown_table", 15, "Did you mean deals?"],
    ["SELECT id FROM calls", "unknown_table", 15, /deals, leads/],
    ["SELECT id FROM deals d, leads l", "ambiguous_column", 7, /table's name/],
    ["SELECT title FROM deals WHRE id = 1", "syntax_error", 29, null],
    ["SELECT coutn(id) FROM deals", "function_not_allowed", 7, "Did you mean count?"],
    ["SELECT x.id FROM deals d", "unknown_table", 7, null],
    ["SELECT lag(id) FROM deals NATURAL JOIN leads", "construct_not_allowed", 0, /USING/],
  ] as const) {
    it(`says of ${text}: ${code}`, () => {
      const found = refusal(text);
      assert.deepEqual([found.code, found.position], [code, position]);
      if (hint instanceof RegExp) assert.match(found.hint ?? "", hint);
      else assert.equal(found.hint, hint);
    });
  }

  it("lets nobody try again after what looks like an attack", () => {
    assert.equal(refusal("SELECT pg_sleep(1)").repairable, false);
    assert.equal(refusal("SELECT id FROM crm.deals").repairable, false);
    assert.equal(refusal("SELECT amont FROM deals").repairable, true);
  });

  it("bounds what it reads at all", () => {
    assert.equal(refusal("SELECT 1\0; DROP TABLE x").code, "nul_byte");
    assert.equal(refusal(`SELECT id FROM deals WHERE id IN (${"1,".repeat(5_000)}1)`).code, "too_long");
    assert.equal(refusal(`SELECT ${"abs(".repeat(70)}1${")".repeat(70)}`).code, "too_complex");
    assert.equal(refusal(`SELECT ${"NOT ".repeat(80)}true`).code, "too_complex");
    assert.equal(refusal(`SELECT id FROM deals WHERE id IN (${"1,".repeat(3_500)}1)`).code, "too_complex");
    assert.equal(refusal("").code, "syntax_error");
    assert.ok(check("SELECT id FROM deals").ok, "and works on afterwards");
  });

  it("hides columns from readers who may not see people", () => {
    const hiding = { ...readable, isHidden: ({ pii }: { pii: boolean }) => pii };
    for (const text of [
      "SELECT contact FROM deals",
      "SELECT * FROM contacts",
      "SELECT c.* FROM contacts c",
      "SELECT count(*) FROM contacts GROUP BY name",
      "SELECT 1 AS name, count(*) FROM contacts GROUP BY name",
      "SELECT id FROM contacts ORDER BY lower(name)",
      "SELECT id FROM contacts WHERE name LIKE 'А%'",
      "SELECT x.n FROM (SELECT name AS n FROM contacts) x",
      "SELECT id FROM deals d WHERE EXISTS (SELECT 1 FROM contacts c WHERE c.name = d.title)",
      "WITH x AS (SELECT * FROM leads) SELECT id FROM x",
    ]) {
      const verdict = checkSql(text, hiding);
      assert.ok(!verdict.ok && verdict.refusal.code === "column_hidden", text);
    }
    assert.ok(checkSql("SELECT stage, count(*) FROM deals GROUP BY stage", hiding).ok);
  });
});
