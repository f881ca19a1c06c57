import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openRig, type Rig } from "../../../../../../test/sync-rig.ts";
import { createQueryRegistry } from "../../../platform/queries/registry.ts";
import { entityNames } from "../entities.ts";
import { syncQueries } from "./index.ts";

type Row = Record<string, unknown>;

describe("the queries of sync", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 2_000, contacts: 300, companies: 150, leads: 300 } });
  });
  after(() => rig.close());

  /** Runs a query as the registry would: parameters through its schema. */
  async function ask(
    name: string,
    params: Row = {},
    limit = 10_000,
  ): Promise<{
    rows: Row[];
    columns: { name: string; kind: string }[];
    colors?: object | undefined;
    units: unknown[];
  }> {
    const query = createQueryRegistry(syncQueries(rig.db.pool)).find(name);
    const { id, schema, url } = await rig.portals.get(rig.portalId);
    const statement = await query.build({
      portal: { id, schema, url },
      params: query.parameters.parse(params),
      limit,
    });
    const { rows, fields } = await rig.db.pool.query<Row>(statement.text, statement.values as unknown[]);
    assert.deepEqual(
      fields.map((field) => field.name),
      statement.columns.map((column) => column.name),
      "a description for every column",
    );
    for (const { label, link } of statement.columns) {
      assert.ok(label.ru && label.en);
      for (const [, slot] of (link ?? "").matchAll(/\{(\w+)\}/g))
        assert.ok(
          fields.some((field) => field.name === slot),
          `${slot} fills ${link}`,
        );
    }
    const columns = statement.columns.map((column) => ({ name: column.name, kind: column.kind }));
    return {
      rows,
      columns,
      colors: statement.columns.find((column) => column.colors)?.colors,
      units: statement.columns.map(({ unit }) => unit),
    };
  }

  const truth = async (sql: string): Promise<Row[]> => (await rig.db.pool.query<Row>(sql)).rows;

  it("answer without rows before anything was synced", async () => {
    for (const { name } of createQueryRegistry(syncQueries(rig.db.pool)).describe()) {
      assert.deepEqual((await ask(name)).rows, [], name);
    }
  });

  it("show records in words, newest first", async () => {
    for (const entity of entityNames) assert.equal((await rig.run(entity)).state, "completed");
    const { rows, columns } = await ask("deals");
    assert.equal(rows.length, 2_000);
    assert.ok(rows.every((row, at) => at === 0 || Number(rows[at - 1]!["id"]) > Number(row["id"])));
    for (const name of ["stage", "funnel", "responsible", "source"]) {
      assert.ok(
        rows.every((row) => row[name] === null || /[а-яёa-z]{2}/i.test(String(row[name]))),
        name,
      );
      assert.ok(
        rows.some((row) => /[а-яё]/i.test(String(row[name]))),
        `${name} has words`,
      );
    }
    assert.deepEqual(
      columns.slice(0, 5).map(({ name, kind }) => `${name} ${kind}`),
      ["id id", "title text", "stage stage", "funnel status", "amount money"],
    );
    assert.ok(rows.some((row) => row["company"] !== null) && rows.some((row) => row["contact"] !== null));
  });

  it("show stages in the portal's colours", async () => {
    for (const [name, dictionaries] of [
      ["deals", "DEAL_STAGE%"],
      ["leads", "STATUS"],
    ]) {
      const { rows, colors } = await ask(name!);
      const known = await truth(
        `SELECT name, color FROM crm.statuses WHERE entity_id LIKE '${dictionaries}' AND color IS NOT NULL`,
      );
      for (const stage of new Set(rows.map((row) => String(row["stage"])))) {
        const color = (colors as Row | undefined)?.[stage];
        assert.ok(
          known.some((status) => status["name"] === stage && status["color"] === color),
          `${name}: ${stage}`,
        );
      }
    }
  });

  it("show the portal's own fields under the portal's own words", async () => {
    const { rows, columns } = await ask("deals");
    const own = columns.filter(({ name }) => name.startsWith("uf_crm_"));
    assert.ok(own.length >= 5);
    const [list] = await truth(
      "SELECT columns[1] AS column, items FROM b24kit.sync_fields WHERE entity = 'deal' AND type = 'enumeration' AND NOT multiple LIMIT 1",
    );
    const words = (list!["items"] as { label: string }[]).map(({ label }) => label);
    const shown = new Set(rows.map((row) => row[String(list!["column"])]).filter((value) => value !== null));
    assert.ok(
      shown.size > 0 && [...shown].every((value) => words.includes(String(value))),
      [...shown].join(),
    );
  });

  it("show phones and addresses of people", async () => {
    for (const name of ["contacts", "leads", "companies"]) {
      const { rows } = await ask(name);
      assert.ok(rows.length > 100, name);
      assert.ok(
        rows.some(({ phone }) => /\d{4}/.test(String(phone))),
        `${name}: phone`,
      );
      assert.ok(
        rows.some(({ email }) => /@/.test(String(email))),
        `${name}: e-mail`,
      );
    }
  });

  it("filter", async () => {
    const [stage] = await truth(
      "SELECT stage_id, count(*)::int AS count FROM crm.deals GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
    );
    assert.equal((await ask("deals", { stage: stage!["stage_id"] })).rows.length, stage!["count"]);
    const [funnel] = await truth("SELECT count(*)::int AS count FROM crm.deals WHERE category_id = 1");
    assert.equal((await ask("deals", { funnel: "1" })).rows.length, funnel!["count"]);
    const [person] = await truth(
      "SELECT assigned_by_id::int AS id, count(*)::int AS count FROM crm.deals GROUP BY 1 LIMIT 1",
    );
    assert.equal((await ask("deals", { responsible: String(person!["id"]) })).rows.length, person!["count"]);
    const [range] = await truth(
      "SELECT count(*)::int AS count FROM crm.deals WHERE date_create >= '2026-03-01T00:00:00+03:00' AND date_create < '2026-04-01T00:00:00+03:00'",
    );
    assert.equal((await ask("deals", { from: "2026-03-01", to: "2026-03-31" })).rows.length, range!["count"]);
    const [title] = await truth("SELECT title FROM crm.deals ORDER BY id LIMIT 1");
    const text = String(title!["title"]).slice(2, 8);
    const found = await ask("deals", { search: text.toUpperCase() });
    assert.ok(
      found.rows.length > 0 &&
        found.rows.every((row) => String(row["title"]).toLowerCase().includes(text.toLowerCase())),
    );
    assert.deepEqual((await ask("deals", { search: "100%_" })).rows, [], "wildcards are taken as they are");
    assert.equal((await ask("deals", {}, 7)).rows.length, 7);
    for (const wrong of [{ from: "31.03.2026" }, { funnel: "first" }])
      await assert.rejects(ask("deals", wrong));
  });

  it("sum deals by stage in the order of the stages, with the stages' colours", async () => {
    const { rows, colors, units } = await ask("deals-by-stage");
    assert.equal(
      rows.reduce((sum, row) => sum + Number(row["count"]), 0),
      2_000,
    );
    const order = await truth(`SELECT d.category_id, d.stage_id FROM crm.deals d
      JOIN crm.statuses s ON s.status_id = d.stage_id AND s.entity_id LIKE 'DEAL\\_STAGE%' JOIN crm.categories c ON c.id = d.category_id
      GROUP BY 1, 2, c.sort, s.sort ORDER BY c.sort, 1, s.sort`);
    assert.deepEqual(
      rows.map((row) => row["stage_id"]),
      order.map((row) => row["stage_id"]),
    );
    assert.ok(rows.some((row) => String(row["stage"]) in (colors ?? {})));
    assert.ok(units.includes("RUB"));
    const [sum] = await truth(
      `SELECT round(sum(d.opportunity * c.amount / c.amount_count), 2)::text AS sum FROM crm.deals d JOIN crm.currencies c ON c.id = d.currency_id`,
    );
    const total = rows.reduce((all, row) => all + Number(row["amount"]), 0);
    assert.ok(Math.abs(total - Number(sum!["sum"])) < 1, `${total} and ${sum!["sum"]}`);
  });

  it("sum deals by month and by source", async () => {
    const months = (await ask("deals-by-month")).rows;
    assert.equal(
      months.reduce((sum, row) => sum + Number(row["created"]), 0),
      2_000,
    );
    assert.ok(months.length >= 20 && months.some((row) => Number(row["won_amount"]) > 0));
    const [won] = await truth(
      "SELECT count(*)::int AS count FROM crm.deals WHERE stage_semantic_id = 'S' AND closedate IS NOT NULL",
    );
    assert.equal(
      months.reduce((sum, row) => sum + Number(row["won"]), 0),
      won!["count"],
    );
    const sources = (await ask("deals-by-source")).rows;
    assert.equal(
      sources.reduce((sum, row) => sum + Number(row["count"]), 0),
      2_000,
    );
    assert.ok(
      sources.every((row, at) => at === 0 || Number(sources[at - 1]!["count"]) >= Number(row["count"])),
    );
  });

  it("begin a month where the portal's own clock begins it", async () => {
    // 21:30 of the last day in UTC is the first of the next month in Moscow.
    await rig.db.pool.query("UPDATE crm.deals SET date_create = '1999-12-31T21:30:00Z' WHERE id = 1");
    const query = createQueryRegistry(syncQueries(rig.db.pool)).find("deals-by-month");
    const statement = await query.build({
      portal: { id: rig.portalId, schema: "crm", url: "" },
      params: {},
      limit: 1_000,
    });
    const months = await rig.db.pool.query(
      `SELECT month::text, created FROM (${statement.text}) q WHERE created > 0 ORDER BY month LIMIT 1`,
      statement.values as unknown[],
    );
    assert.equal(months.rows[0].month, "2000-01-01");
  });

  it("leave out what is gone", async () => {
    await rig.db.pool.query("UPDATE crm.deals SET _deleted_at = now() WHERE id IN (1, 2, 3)");
    assert.equal((await ask("deals")).rows.length, 1_997);
    assert.equal(
      (await ask("deals-by-stage")).rows.reduce((sum, row) => sum + Number(row["count"]), 0),
      1_997,
    );
  });

  it("tell what the runs did", async () => {
    const { rows } = await ask("sync-log", { entity: "lead" });
    assert.deepEqual(
      rows.map(({ code }) => code),
      ["run_completed", "run_planned", "run_started", "run_queued"],
    );
  });
});
