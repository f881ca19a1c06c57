import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Oddities, oddFetch } from "../../../../../test/odd-portal.ts";
import { openRig, type Rig } from "../../../../../test/sync-rig.ts";

const COUNT = 60;
const field = (type: string, listLabel = "Площадь") => ({
  type,
  isMultiple: false,
  isDynamic: true,
  listLabel,
});

describe("a contract over a table's columns", () => {
  const odd: Oddities = {};
  let rig: Rig;
  before(async () => {
    odd.fields = (fields) => {
      fields["UF_CRM_OLD"] = field("double");
    };
    odd.row = (row) => {
      row["UF_CRM_OLD"] = "1.5";
    };
    rig = await openRig(
      { counts: { deals: COUNT, contacts: 5, companies: 5, leads: 5 } },
      { fetch: oddFetch(odd) },
    );
    assert.equal((await rig.run("deal")).state, "completed");
  });
  after(() => rig.close());

  const rows = async (sql: string) => (await rig.db.pool.query(sql)).rows;
  const agree = (contract: "evolve" | "quarantine" | "freeze") =>
    rig.sync.configure(rig.portalId, { entity_type: "deal", contract });
  const columns = async () =>
    (
      await rows(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'crm.deals'::regclass AND attnum > 0 AND NOT attisdropped",
      )
    )
      .map(({ attname }) => attname as string)
      .filter((name) => /uf_crm_(old|new)/.test(name));
  const held = () =>
    rows(
      "SELECT field, reason, count(*)::int AS n, min(raw) AS raw FROM b24kit.sync_quarantine GROUP BY field, reason ORDER BY field",
    );
  const told = () =>
    rows(
      "SELECT field, change, after FROM b24kit.sync_schema_changes WHERE field LIKE 'UF_CRM_%' ORDER BY id",
    );

  it("freeze: nothing is copied while the fields differ, and the run says which", async () => {
    assert.equal((await agree("freeze")).contract, "freeze");
    assert.equal((await rig.run("deal")).state, "completed", "they are the same yet");
    odd.fields = (fields) => {
      fields["UF_CRM_OLD"] = field("string", "Метры");
      fields["UF_CRM_NEW"] = field("string");
    };
    odd.row = (row) => {
      row["UF_CRM_OLD"] = Number(row["ID"]) % 2 === 0 ? "2.5" : "два";
      row["UF_CRM_NEW"] = Number(row["ID"]) % 3 === 0 ? "новое" : "";
    };
    const run = await rig.run("deal", "incremental");
    assert.deepEqual([run.state, run.error?.code, run.rowsRead], ["failed", "schema_frozen", 0]);
    assert.match(run.error!.detail, /UF_CRM_OLD retyped, UF_CRM_NEW added/);
    assert.deepEqual(await columns(), ["uf_crm_old"]);
    assert.deepEqual(await rows("SELECT DISTINCT uf_crm_old::text AS old FROM crm.deals"), [{ old: "1.5" }]);
  });

  it("quarantine: the columns stay, what they cannot hold waits as it came, and is told once", async () => {
    await agree("quarantine");
    const run = await rig.run("deal");
    assert.deepEqual([run.state, run.rowsRead, run.rowsWritten], ["completed", COUNT, COUNT]);
    assert.deepEqual(await columns(), ["uf_crm_old"]);
    assert.deepEqual(
      await rows("SELECT uf_crm_old::text AS old FROM crm.deals WHERE id IN (1, 2) ORDER BY id"),
      [{ old: null }, { old: "2.5" }],
    );
    assert.deepEqual(await held(), [
      { field: "UF_CRM_NEW", reason: "no_column", n: COUNT / 3, raw: '"новое"' },
      { field: "UF_CRM_OLD", reason: "not_a_number", n: COUNT / 2, raw: '"два"' },
    ]);
    assert.equal((await rig.run("deal")).rowsWritten, 0, "nothing is new the second time");
    assert.deepEqual(await told(), [
      { field: "UF_CRM_OLD", change: "retyped", after: "string" },
      { field: "UF_CRM_OLD", change: "relabelled", after: "Метры" },
      { field: "UF_CRM_NEW", change: "added", after: "string" },
    ]);
  });

  it("quarantine: a cycle in which nothing happened makes no run", async () => {
    // What changed in the two minutes before the last run is read again.
    rig.portal.control.clock({ mode: "virtual" });
    rig.portal.control.clock({ advance: 600_000 });
    await rig.run("deal", "incremental");
    const count = async (sql: string) => (await rows(sql))[0].n as number;
    const runs = () => count("SELECT count(*)::int AS n FROM b24kit.sync_runs");
    const before = await runs();
    await rig.db.pool.query("UPDATE b24kit.sync_state SET next_run_at = now() - interval '1 second'");
    while ((await count("SELECT count(*)::int AS n FROM b24kit.sync_state WHERE next_run_at <= now()")) > 0)
      await new Promise(setImmediate);
    assert.equal(await runs(), before);
  });

  it("evolve: the table catches up, with all that waited", async () => {
    await agree("evolve");
    const run = await rig.run("deal", "incremental");
    assert.deepEqual([run.state, run.rowsRead], ["completed", COUNT]);
    assert.deepEqual((await columns()).sort(), ["uf_crm_new", "uf_crm_old", "uf_crm_old__old_1"]);
    assert.deepEqual(
      await rows("SELECT uf_crm_old AS old, uf_crm_new AS new FROM crm.deals WHERE id IN (3, 4) ORDER BY id"),
      [
        { old: "два", new: "новое" },
        { old: "2.5", new: "" },
      ],
    );
    assert.deepEqual(await held(), []);
  });
});
