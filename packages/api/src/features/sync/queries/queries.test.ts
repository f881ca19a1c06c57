import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { QueryLanguage } from "@b24kit/client/contract";
import { CRM_ENTITIES } from "../../../../../../test/mirror-equals.ts";
import { openRig, type Rig } from "../../../../../../test/sync-rig.ts";
import { createQueryRegistry } from "../../../platform/queries/registry.ts";
import { syncQueries, syncQueryFamilies } from "./index.ts";
import { stageHistory } from "./stage-history.ts";

type Row = Record<string, unknown>;

describe("the queries of sync", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 2_000, contacts: 300, companies: 150, leads: 300 } });
  });
  after(() => rig.close());

  const registry = () =>
    createQueryRegistry(
      [...syncQueries(rig.db.pool), stageHistory(rig.db.pool, rig.portals.client)],
      syncQueryFamilies(rig.db.pool),
    );

  /** Runs a query as the registry would: parameters through its schema. */
  async function ask(
    name: string,
    params: Row = {},
    limit = 10_000,
    language: QueryLanguage = "ru",
  ): Promise<{
    rows: Row[];
    columns: { name: string; kind: string }[];
    colors?: object | undefined;
    units: unknown[];
    language: QueryLanguage | undefined;
  }> {
    const query = registry().find(name);
    const { id, schema, url } = await rig.portals.get(rig.portalId);
    const statement = await query.build({
      portal: { id, schema, url },
      params: query.parameters.parse(params),
      ...{ limit, language },
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
      language: statement.language,
    };
  }

  const truth = async (sql: string): Promise<Row[]> => (await rig.db.pool.query<Row>(sql)).rows;

  it("answer without rows before anything was synced", async () => {
    for (const { name } of registry().describe(() => true)) {
      assert.deepEqual((await ask(name)).rows, [], name);
    }
  });

  it("show records in words, newest first", async () => {
    for (const entity of CRM_ENTITIES) assert.equal((await rig.run(entity)).state, "completed");
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

  it("count leads, contacts and companies in the portal's words", async () => {
    for (const [name, table, column] of [
      ["leads-by-stage", "leads", "stage"],
      ["leads-by-source", "leads", "source"],
      ["leads-by-month", "leads", "month"],
      ["contacts-by-source", "contacts", "source"],
      ["contacts-by-month", "contacts", "month"],
      ["companies-by-industry", "companies", "industry"],
      ["companies-by-month", "companies", "month"],
    ] as const) {
      const { rows, colors } = await ask(name);
      const [all] = await truth(`SELECT count(*)::int AS count FROM crm.${table}`);
      assert.equal(
        rows.reduce((sum, row) => sum + Number(row["count"]), 0),
        all!["count"],
        name,
      );
      if (column !== "month")
        assert.ok(
          rows.some((row) => /[а-яё]{3}/i.test(String(row[column]))),
          name,
        );
      if (column === "stage") assert.ok(Object.keys(colors ?? {}).length > 3);
    }
    const [march] = await truth(
      "SELECT count(*)::int AS count FROM crm.leads WHERE date_create >= '2026-03-01T00:00:00+03:00' AND date_create < '2026-04-01T00:00:00+03:00'",
    );
    const { rows } = await ask("leads-by-stage", { from: "2026-03-01", to: "2026-03-31" });
    assert.equal(
      rows.reduce((sum, row) => sum + Number(row["count"]), 0),
      march!["count"],
    );
  });

  it("sum the deals of one company or contact", async () => {
    for (const [param, column] of [
      ["company", "company_id"],
      ["contact", "contact_id"],
    ] as const) {
      const [one] = await truth(
        `SELECT ${column}::int AS id, count(*)::int AS count FROM crm.deals WHERE ${column} > 0 GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
      );
      const { rows } = await ask("deals-by-stage", { [param]: String(one!["id"]) });
      assert.equal(
        rows.reduce((sum, row) => sum + Number(row["count"]), 0),
        one!["count"],
        param,
      );
    }
  });

  it("tell the way of a deal or a lead from stage to stage, as the portal has it now", async () => {
    const [open] = await truth(
      "SELECT d.id::int AS id, s.name FROM crm.deals d JOIN crm.statuses s ON s.entity_id = 'DEAL_STAGE' AND s.status_id = d.stage_id WHERE d.category_id = 0 AND d.stage_semantic_id = 'P' ORDER BY d.id LIMIT 1",
    );
    const before = (await ask("stage-history", { deal: String(open!["id"]) })).rows;
    assert.deepEqual([before[0]!["stage"], before[0]!["current"]], [open!["name"], true]);
    assert.ok(Number(before[0]!["days"]) > 0, "it stands there still");
    const moved = await fetch(
      `${rig.portal.webhookUrl}crm.deal.update?id=${open!["id"]}&fields[STAGE_ID]=WON`,
    );
    assert.equal(moved.status, 200);
    const { rows, colors } = await ask("stage-history", { deal: String(open!["id"]) });
    assert.equal(rows.length, before.length + 1);
    assert.deepEqual([rows[0]!["stage_id"], rows[0]!["current"], rows[0]!["days"]], ["WON", true, null]);
    assert.deepEqual([rows[1]!["stage"], rows[1]!["current"]], [open!["name"], false]);
    assert.ok(String(rows[0]!["stage"]) in (colors ?? {}));
    assert.ok(rows.every((row, at) => at === 0 || row["entered"]! <= rows[at - 1]!["entered"]!));
    const lead = (await ask("stage-history", { lead: "5" })).rows;
    const [now] = await truth(
      "SELECT s.name FROM crm.leads d JOIN crm.statuses s ON s.entity_id = 'STATUS' AND s.status_id = d.status_id WHERE d.id = 5",
    );
    assert.equal(lead[0]!["stage"], now!["name"]);
    assert.deepEqual((await ask("stage-history", { deal: "999999" })).rows, []);
  });

  it("tell all moves from stage to stage, with where each came from", async () => {
    for (const entity of ["stage_history", "lead_stage_history"])
      assert.equal((await rig.run(entity)).state, "completed");
    for (const [of, table, stage] of [
      ["deal", "stage_history", "stage_id"],
      ["lead", "lead_stage_history", "status_id"],
    ] as const) {
      const { rows, columns } = await ask("stage-history", { of }, 100_000);
      const known = await truth(
        `SELECT id, owner_id, ${stage} AS stage FROM crm.${table} WHERE _deleted_at IS NULL`,
      );
      assert.equal(rows.length, known.length);
      assert.ok(rows.every((row) => /[а-яё]/i.test(String(row["stage"]))));
      assert.equal(columns.find(({ name }) => name === "from_stage")?.kind, "stage");
      const owners = new Set(known.map((row) => row["owner_id"]));
      assert.equal(
        rows.filter((row) => row["from_stage"] === null).length,
        owners.size,
        "one first arrival each",
      );
      assert.equal(rows.filter((row) => row["current"]).length, owners.size, "each stands somewhere");
    }
  });

  it("show tasks, calls and a smart process by their fields, in words", async () => {
    for (const entity of ["task", "call", "dynamic_156"])
      assert.equal((await rig.run(entity)).state, "completed");
    const tasks = await ask("tasks");
    assert.equal(tasks.rows.length, 60);
    assert.deepEqual(
      tasks.columns.slice(0, 2).map(({ name, kind }) => `${name} ${kind}`),
      ["id id", "title text"],
    );
    assert.ok(tasks.rows.every((row) => row["closed"] === (row["status"] === "Завершена")));
    const statuses = "SELECT DISTINCT status::text AS code FROM crm.tasks ORDER BY 1";
    assert.ok((await truth(statuses)).length > 2, "there are several statuses");
    const known = ["Waiting", "In progress", "Awaiting control", "Completed", "Deferred", "Declined"];
    const inEnglish = await ask("tasks", {}, 10_000, "en");
    assert.ok(inEnglish.rows.every((row) => known.includes(String(row["status"]))));
    assert.deepEqual([tasks.language, inEnglish.language], ["ru", "en"]);
    assert.equal((await ask("deals", {}, 1, "en")).language, undefined, "deals say only the portal's words");
    const view = await truth(
      'SELECT "Статус" AS status, "Приоритет" AS priority FROM crm.v_tasks ORDER BY "ID" DESC',
    );
    assert.deepEqual(
      view,
      tasks.rows.map(({ status, priority }) => ({ status, priority })),
      "the readable view says the same",
    );
    assert.ok(
      tasks.rows.every((row) => /[а-яё]{2}/i.test(String(row["responsible_id"]))),
      "names of people",
    );
    const [bound] = await truth(
      "SELECT substr(uf_crm_task[1], 3) AS deal FROM crm.tasks WHERE uf_crm_task IS NOT NULL LIMIT 1",
    );
    const ofDeal = (await ask("tasks", { deal: bound!["deal"] })).rows;
    assert.ok(
      ofDeal.length > 0 &&
        ofDeal.every((row) => (row["uf_crm_task"] as string[]).includes(`D_${bound!["deal"]}`)),
    );
    const calls = (await ask("calls")).rows;
    assert.deepEqual([calls.length, calls.filter((row) => row["answered"]).length > 40], [80, true]);
    assert.ok(calls.every((row) => row["answered"] === (row["call_failed_code"] === "Состоявшийся")));
    assert.ok(calls.every((row) => row["incoming"] === (row["call_type"] === "Входящий")));
    const rows = [{ PRODUCT_NAME: "Уборка", PRICE: 500.25, QUANTITY: 2 }];
    const set = await fetch(`${rig.portal.webhookUrl}crm.deal.productrows.set`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id: 7, rows }),
    });
    assert.equal(set.status, 200);
    assert.equal((await rig.run("product_row")).state, "completed");
    const [product] = (await ask("product-rows", { deal: "7" })).rows;
    assert.deepEqual(
      [product?.["product_name"], product?.["sum"], product?.["currency"], typeof product?.["deal"]],
      [
        "Уборка",
        "1000.50",
        (await truth("SELECT currency_id FROM crm.deals WHERE id = 7"))[0]!["currency_id"],
        "string",
      ],
    );
    const items = await ask("items-156");
    assert.equal(items.rows.length, 120);
    assert.ok(items.rows.every((row) => /[а-яё]/i.test(String(row["stage_id"]))));
    assert.ok(items.rows.some((row) => row["uf_crm_5_1639669411830"] === "Нужен ремонт"));
    assert.equal(Object.keys(items.colors ?? {}).length, 5);
    const found = (await ask("items-156", { search: "склад" })).rows;
    assert.ok(found.length > 0 && found.length < 120);
    await assert.rejects(ask("items-999"), { code: "unknown_query" });
    assert.throws(() => registry().find("items-x"), { code: "unknown_query" });
  });

  it("begin a month where the portal's own clock begins it", async () => {
    // 21:30 of the last day in UTC is the first of the next month in Moscow.
    await rig.db.pool.query("UPDATE crm.deals SET date_create = '1999-12-31T21:30:00Z' WHERE id = 1");
    const query = createQueryRegistry(syncQueries(rig.db.pool)).find("deals-by-month");
    const statement = await query.build({
      portal: { id: rig.portalId, schema: "crm", url: "" },
      params: {},
      ...{ limit: 1_000, language: "ru" },
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

  it("show the people and the departments of the portal", async () => {
    const people = await ask("users");
    const { result, total } = (await (await fetch(`${rig.portal.webhookUrl}user.get`)).json()) as {
      result: { LAST_NAME: string }[];
      total: number;
    };
    assert.equal(people.rows.length, total);
    const { rows: found } = await ask("users", { search: result[0]!.LAST_NAME });
    assert.ok(found.length > 0 && found.every(({ name }) => String(name).includes(result[0]!.LAST_NAME)));
    const { rows } = await ask("departments");
    assert.ok(rows.length > 1 && rows.some(({ parent, head }) => parent !== null && head !== null));
    const [biggest] = rows.toSorted((a, b) => Number(b["people"]) - Number(a["people"]));
    const inside = await ask("users", { department: biggest!["id"], active: "true" });
    assert.equal(inside.rows.length, biggest!["people"]);
  });

  it("tell what the runs did", async () => {
    const { rows } = await ask("sync-log", { entity: "lead" });
    assert.deepEqual(
      rows.map(({ code }) => code),
      ["run_completed", "run_planned", "run_started", "run_queued"],
    );
  });
});
