import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertMirrorEquals, CRM_ENTITIES } from "../../../../../test/mirror-equals.ts";
import { openRig, type Rig } from "../../../../../test/sync-rig.ts";

const counts = { deals: 10_000, contacts: 800, companies: 300, leads: 400 };

describe("a full sync", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts });
  });
  after(() => rig.close());

  it("copies 10,000 deals, value by value, in 6 requests and one to plan", async () => {
    const before = rig.portal.control.stats().requests;
    const run = await rig.run("deal");
    assert.equal(run.error, null);
    assert.equal(run.state, "completed");
    assert.deepEqual([run.rowsRead, run.rowsWritten, run.rowsExpected], [10_000, 10_000, 10_000]);
    assert.equal(rig.portal.control.stats().requests - before, run.requests);
    assert.ok(run.requests <= 7, `${run.requests} requests`);
    assert.ok((await assertMirrorEquals(rig.db, rig.portal, "deal")) > 300_000);
  });

  it("leaves the planner knowing how many rows there are", async () => {
    const { rows } = await rig.db.pool.query(
      "SELECT reltuples FROM pg_class WHERE oid = 'crm.deals'::regclass",
    );
    assert.equal(rows[0].reltuples, 10_000);
  });

  it("copies the other entities, several at the same time, phones and all", async () => {
    const runs = await Promise.all(
      (["contact", "lead", "company"] as const).map((entity) => rig.run(entity)),
    );
    assert.deepEqual(
      runs.map(({ state, error }) => [state, error]),
      Array(3).fill(["completed", null]),
    );
    for (const entity of CRM_ENTITIES) await assertMirrorEquals(rig.db, rig.portal, entity);
    const { rows } = await rig.db.pool.query<{ equal: boolean; count: number }>(
      `SELECT count(*)::int AS count, bool_and(m.value = p.value ->> 'VALUE' AND m.value_norm = CASE m.type
         WHEN 'PHONE' THEN regexp_replace(regexp_replace(m.value, '\\D', '', 'g'), '^8(\\d{10})$', '7\\1') ELSE lower(m.value) END) AS equal
       FROM crm.contacts c CROSS JOIN LATERAL jsonb_array_elements(coalesce(c.phone, '[]') || coalesce(c.email, '[]')) AS p(value)
       JOIN crm.multifields m ON m.entity = 'contact' AND m.entity_id = c.id AND m.id = (p.value ->> 'ID')::bigint`,
    );
    assert.equal(rows[0]?.equal, true);
    const children = await rig.db.pool.query(
      "SELECT count(*)::int AS count FROM crm.multifields WHERE entity = 'contact' AND type IN ('PHONE', 'EMAIL')",
    );
    assert.equal(children.rows[0].count, rows[0]?.count);
    assert.ok(children.rows[0].count >= counts.contacts);
  });

  it("writes nothing when nothing changed", async () => {
    const updates = async () => {
      const { rows } = await rig.db.pool.query<{ xmin: string; count: string }>(
        "SELECT max(xmin::text::bigint) AS xmin, count(*) FROM crm.deals",
      );
      return rows[0];
    };
    const before = await updates();
    const run = await rig.run("deal");
    assert.deepEqual([run.state, run.rowsRead, run.rowsWritten], ["completed", 10_000, 0]);
    assert.deepEqual(await updates(), before, "not one row was touched");
  });

  it("keeps the names of codes", async () => {
    const { rows } = await rig.db.pool.query<Record<string, number>>(
      `SELECT (SELECT count(*)::int FROM crm.statuses) AS statuses, (SELECT count(*)::int FROM crm.users) AS users,
         (SELECT count(*)::int FROM crm.departments) AS departments, (SELECT count(*)::int FROM crm.categories) AS categories,
         (SELECT count(*)::int FROM crm.currencies WHERE is_base) AS base`,
    );
    assert.deepEqual([rows[0]!["users"], rows[0]!["categories"], rows[0]!["base"]], [82, 2, 1]);
    assert.ok(rows[0]!["statuses"]! > 50 && rows[0]!["departments"]! >= 6);
    const unnamed = await rig.db.pool.query(
      `SELECT DISTINCT d.stage_id FROM crm.deals d LEFT JOIN crm.statuses s
         ON s.entity_id = CASE WHEN d.category_id = 0 THEN 'DEAL_STAGE' ELSE 'DEAL_STAGE_' || d.category_id END AND s.status_id = d.stage_id
       WHERE s.name IS NULL`,
    );
    assert.deepEqual(unnamed.rows, []);
  });

  it("tells its state and what it did", async () => {
    const status = await rig.sync.status(rig.portalId);
    const deal = status.entities.find(({ entity }) => entity === "deal");
    assert.equal(status.portal, new URL(rig.portal.url).host);
    assert.deepEqual(
      status.entities.slice(0, 4).map(({ rows }) => rows),
      [counts.deals, counts.contacts, counts.leads, counts.companies],
    );
    assert.equal(deal?.run?.state, "completed");
    assert.ok(Date.parse(deal!.nextRunAt!) > Date.parse(deal!.lastCompletedAt!));
    const { rows } = await rig.db.pool.query<{ code: string; details: Record<string, unknown> }>(
      "SELECT code, details FROM b24kit.sync_logs WHERE entity = 'deal' AND run_id = (SELECT min(id) FROM b24kit.sync_runs) ORDER BY id",
    );
    assert.deepEqual(
      rows.map(({ code }) => code),
      ["run_queued", "run_started", "run_planned", "run_completed"],
    );
    assert.equal(rows.at(-1)?.details["written"], 10_000);
    assert.ok(Number(rows.at(-1)?.details["serverSeconds"]) >= 0);
  });

  it("keeps the portal's own words for its fields", async () => {
    const { rows } = await rig.db.pool.query<{ label: string; items: unknown[]; columns: string[] }>(
      "SELECT label, items, columns FROM b24kit.sync_fields WHERE entity = 'deal' AND custom AND type = 'enumeration' LIMIT 1",
    );
    assert.match(rows[0]!.label, /[а-яё]/i);
    assert.ok(rows[0]!.items.length > 1);
    assert.match(rows[0]!.columns[0]!, /^uf_crm_/);
  });
});
