import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openRig, type Rig } from "../../../../../test/sync-rig.ts";
import { findColumn, findTable } from "./catalogue.ts";
import { readCatalogue } from "./read-catalogue.ts";

describe("the chart views", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 400, contacts: 60, companies: 30, leads: 80 } });
  });
  after(() => rig.close());

  const read = () =>
    readCatalogue(
      { db: rig.db, portals: rig.portals, mirror: rig.sync, readerOf: async () => null },
      rig.portalId,
    );
  const ask = async (sql: string) => (await rig.db.pool.query<Record<string, unknown>>(sql)).rows;

  async function setProducts(id: number): Promise<void> {
    const rows = ["Окна", "Уборка"].map((PRODUCT_NAME, at) => ({
      ...{ PRODUCT_NAME, PRICE: 100.5 + id, QUANTITY: at + 1 },
    }));
    const answer = await fetch(`${rig.portal.webhookUrl}crm.deal.productrows.set`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id, rows }),
    });
    assert.ok(answer.ok, await answer.text());
  }

  /** Every view answers with exactly the columns of the catalogue, of the types that it says. */
  async function check(): Promise<void> {
    const { catalogue, schema } = await read();
    for (const table of catalogue.tables) {
      const { rows } = await rig.db.pool.query<{ name: string; type: string }>(
        `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type FROM pg_attribute a
         WHERE a.attrelid = $1::regclass AND a.attnum > 0 ORDER BY a.attnum`,
        [`${schema}.${table.name}`],
      );
      assert.deepEqual(
        rows.map(({ name, type }) => `${name} ${type.replace("timestamp with time zone", "timestamptz")}`),
        table.columns.map(({ name, type }) => `${name} ${type}`),
        table.name,
      );
      for (const { name, words, codes, base, unit, link } of table.columns) {
        assert.match(name, /^[a-z][a-z0-9_]{0,62}$/);
        const named = [
          words,
          codes,
          base,
          ...[...`${unit} ${link}`.matchAll(/\{(\w+)\}/g)].map(([, n]) => n),
        ];
        for (const other of named)
          if (other) assert.ok(findColumn(table, other), `${table.name}.${name}: ${other}`);
      }
      await ask(`SELECT * FROM ${schema}.${table.name} LIMIT 5`);
    }
    for (const { from, to } of catalogue.joins) {
      for (const { table, column } of [from, to]) assert.ok(findColumn(findTable(catalogue, table)!, column));
    }
  }

  it("are there before the first sync, without rows", async () => {
    await check();
    assert.deepEqual(await ask("SELECT * FROM crm_chart.deals"), []);
    assert.equal(findTable((await read()).catalogue, "deals")!.rows, null);
  });

  it("tell how deals flow from stage to stage", async () => {
    for (const entity of ["deal", "stage_history"]) await rig.run(entity);
    await check();
    const [{ moves, deals }] = (await ask(
      "SELECT count(*)::int AS moves, count(DISTINCT deal_id)::int AS deals FROM crm_chart.stage_moves",
    )) as [{ moves: number; deals: number }];
    assert.deepEqual([deals, moves > deals], [400, true]);
    const flows = await ask(
      "SELECT from_stage, stage, count(*)::int AS deals FROM crm_chart.stage_moves WHERE from_stage IS NOT NULL GROUP BY 1, 2",
    );
    assert.equal(
      flows.reduce((sum, flow) => sum + Number(flow["deals"]), 0),
      moves - deals,
    );
    const ends = await ask(
      "SELECT count(*)::int AS wrong FROM crm_chart.stage_moves m JOIN crm_chart.deals d ON d.id = m.deal_id WHERE m.current AND m.stage_id <> d.stage_id",
    );
    assert.deepEqual(ends, [{ wrong: 0 }], "each deal stands where its last move led");
  });

  it("of what a portal may lack are there when it was mirrored, in words", async () => {
    const names = async () => (await read()).catalogue.tables.map(({ name }) => name);
    const optional = ["lead_stage_moves", "product_rows", "tasks", "calls"];
    const before = await names();
    assert.ok(optional.every((name) => !before.includes(name)));
    assert.deepEqual(await ask("SELECT to_regclass('crm_chart.tasks') AS view"), [{ view: null }]);
    rig.portal.control.limits({ rate: { enabled: false } });
    for (let id = 1; id <= 60; id++) await setProducts(id);
    for (const entity of ["lead", "lead_stage_history", "product_row", "task", "call"])
      assert.equal((await rig.run(entity)).state, "completed", entity);
    assert.deepEqual((await names()).slice(before.length), optional);
    await check();
    const { catalogue } = await read();
    for (const [view, table, column] of [
      ["tasks", "tasks", "status"],
      ["tasks", "tasks", "priority"],
      ["calls", "calls", "direction"],
      ["calls", "calls", "outcome"],
    ] as const) {
      const known = findColumn(findTable(catalogue, view)!, column)!.values!.map(({ code }) => code);
      const found = await ask(`SELECT DISTINCT ${column} AS value FROM crm_chart.${view}`);
      assert.ok(found.length > 1, `${view}.${column}`);
      for (const { value } of found) assert.ok(known.includes(String(value)), `${view}.${column}: ${value}`);
      const [{ same }] = (await ask(
        `SELECT (SELECT count(*) FROM crm_chart.${view}) = (SELECT count(*) FROM crm.${table} WHERE _deleted_at IS NULL) AS same`,
      )) as [{ same: boolean }];
      assert.ok(same, `${view} has every record once`);
    }
    const [sums] = await ask(
      `SELECT (SELECT round(sum(amount_base), 2) FROM crm_chart.product_rows WHERE currency = 'RUB') =
         (SELECT round(sum(r.price * r.quantity), 2) FROM crm.product_rows r JOIN crm.deals d ON d.id = r.owner_id AND d._deleted_at IS NULL
          WHERE d.currency_id = 'RUB' AND r._deleted_at IS NULL) AS same, (SELECT count(DISTINCT result)::int FROM crm_chart.product_rows) AS results`,
    );
    assert.deepEqual(sums, { same: true, results: 3 });
    const [leads] = await ask(
      `SELECT count(*)::int AS wrong FROM crm_chart.lead_stage_moves m JOIN crm_chart.leads l ON l.id = m.lead_id
       WHERE m.current AND (m.stage_id <> l.stage_id OR m.stage = m.stage_id)`,
    );
    assert.deepEqual(leads, { wrong: 0 }, "each lead stands where its last move led, under a name");
  });

  it("follow the mirror", async () => {
    const before = (await read()).catalogue.version;
    for (const entity of ["company", "contact", "lead", "deal"] as const) await rig.run(entity);
    await check();
    const { catalogue } = await read();
    assert.notEqual(catalogue.version, before);
    const deals = findTable(catalogue, "deals")!;
    assert.equal(deals.rows, 400);
    assert.ok(deals.columns.some(({ name }) => name.startsWith("uf_crm_")));
    const [counts] = await ask(
      "SELECT count(*)::int AS rows, count(DISTINCT id)::int AS ids, count(stage)::int AS stages, count(responsible)::int AS people FROM crm_chart.deals",
    );
    assert.deepEqual(counts, { rows: 400, ids: 400, stages: 400, people: 400 });
    const stages = findColumn(deals, "stage_id")!.values!;
    const used = (await ask("SELECT DISTINCT stage_id, result FROM crm_chart.deals")) as Record<
      string,
      string
    >[];
    for (const { stage_id, result } of used)
      assert.equal(stages.find(({ code }) => code === stage_id)?.semantic, result, stage_id);
    for (const [what, sql] of [
      [
        "a user field's words",
        "SELECT uf_crm_1721244482250 AS v FROM crm_chart.deals WHERE uf_crm_1721244482250 IS NOT NULL",
      ],
      [
        "a foreman's name",
        "SELECT uf_crm_foreman AS v FROM crm_chart.deals WHERE uf_crm_foreman IS NOT NULL",
      ],
      [
        "the sum in the base currency",
        "SELECT amount_base AS v FROM crm_chart.deals WHERE amount > 0 LIMIT 5",
      ],
    ] as const) {
      const rows = await ask(sql);
      assert.ok(rows.length > 0, what);
      for (const { v } of rows)
        assert.ok(v !== null && (what.includes("sum") || /[а-яё]/i.test(String(v))), what);
    }
  });

  it("leave out what is gone, and are made anew only where something changed", async () => {
    await ask(
      "UPDATE crm.deals SET _deleted_at = now() WHERE id IN (SELECT id FROM crm.deals ORDER BY id LIMIT 3)",
    );
    assert.deepEqual(await ask("SELECT count(*)::int AS n FROM crm_chart.deals"), [{ n: 397 }]);
    const oid = () => ask("SELECT 'crm_chart.deals'::regclass::oid AS oid");
    const [first] = await oid();
    await read();
    assert.deepEqual(await oid(), [first]);
    await ask("DROP VIEW crm_chart.leads");
    await Promise.all([read(), read(), read()]);
    await check();
    assert.notDeepEqual(await oid(), [first]);
  });

  it("show no phone, e-mail or comment", async () => {
    const { catalogue } = await read();
    const names = catalogue.tables.flatMap(({ columns }) => columns.map(({ field }) => field));
    for (const field of ["PHONE", "EMAIL", "COMMENTS", "SOURCE_DESCRIPTION", "IM", "WEB"])
      assert.ok(!names.includes(field), field);
  });
});
