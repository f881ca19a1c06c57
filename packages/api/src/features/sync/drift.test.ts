import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { type Oddities, oddFetch } from "../../../../../test/odd-portal.ts";
import { openRig, type Rig } from "../../../../../test/sync-rig.ts";
import type { QueryDefinition } from "../../platform/queries/definition.ts";
import { quarantine } from "./queries/quarantine.ts";
import { schemaChanges } from "./queries/schema-changes.ts";

const COUNT = 600;

describe("a portal whose fields change", () => {
  const odd: Oddities = {};
  let rig: Rig;
  before(async () => {
    rig = await openRig(
      { counts: { deals: COUNT, contacts: 10, companies: 10, leads: 10 } },
      { fetch: oddFetch(odd) },
    );
    assert.equal((await rig.run("deal")).state, "completed");
  });
  after(() => rig.close());
  beforeEach(() => {
    odd.row = () => {};
  });

  const one = async (sql: string): Promise<Record<string, unknown>> => (await rig.db.pool.query(sql)).rows[0];
  const ask = async (query: QueryDefinition): Promise<Record<string, unknown>[]> => {
    const { id, schema, url } = await rig.portals.get(rig.portalId);
    const portal = { id, schema, url };
    const { text, values } = await query.build({
      portal,
      params: { entity: "deal" },
      limit: 100,
      language: "ru",
    });
    return (await rig.db.pool.query(text, values as unknown[])).rows;
  };
  const logged = async (code: string) =>
    (
      await rig.db.pool.query<{ details: Record<string, unknown> }>(
        "SELECT details FROM b24kit.sync_logs WHERE code = $1 ORDER BY id",
        [code],
      )
    ).rows.map((row) => row.details);

  it("F22: gets a column for a new field, filled also by an incremental run, and only rows with a value are written", async () => {
    odd.fields = (fields) => {
      fields["UF_CRM_NEW"] = {
        type: "double",
        isMultiple: false,
        isDynamic: true,
        title: "UF_CRM_NEW",
        listLabel: "Площадь",
      };
    };
    odd.row = (row) => {
      row["UF_CRM_NEW"] = Number(row["ID"]) % 2 === 0 ? "12.5" : "";
    };
    const run = await rig.run("deal", "incremental");
    assert.deepEqual([run.state, run.rowsRead, run.rowsWritten], ["completed", COUNT, COUNT / 2]);
    assert.deepEqual(
      await one("SELECT count(uf_crm_new)::int AS filled, sum(uf_crm_new)::text AS sum FROM crm.deals"),
      { filled: COUNT / 2, sum: "3750.0" },
    );
    assert.deepEqual(await logged("field_added"), [{ column: "uf_crm_new" }]);
  });

  it("rewrites nothing when only a label changes", async () => {
    odd.fields = (fields) => {
      fields["UF_CRM_NEW"] = {
        type: "double",
        isMultiple: false,
        isDynamic: true,
        title: "UF_CRM_NEW",
        listLabel: "Площадь, м²",
      };
    };
    odd.row = (row) => {
      row["UF_CRM_NEW"] = Number(row["ID"]) % 2 === 0 ? "12.5" : "";
    };
    assert.equal((await rig.run("deal")).rowsWritten, 0);
    assert.deepEqual(await one("SELECT label FROM b24kit.sync_fields WHERE name = 'UF_CRM_NEW'"), {
      label: "Площадь, м²",
    });
  });

  it("follows with a view of readable names, unless somebody's own view stands on it", async () => {
    assert.deepEqual(
      await one(`SELECT "Площадь, м² (UF_CRM_NEW)"::text AS area, "Стадия сделки" = (SELECT name FROM crm.statuses s JOIN crm.deals d
          ON s.status_id = d.stage_id AND s.entity_id LIKE 'DEAL_STAGE%' WHERE d.id = 2) AS stage,
         col_description('crm.deals'::regclass, (SELECT attnum FROM pg_attribute
           WHERE attrelid = 'crm.deals'::regclass AND attname = 'uf_crm_new')) AS comment
         FROM crm.v_deals WHERE "ID" = 2`),
      { area: "12.5", stage: true, comment: "Площадь, м²" },
    );
    await rig.db.pool.query(
      'CREATE VIEW public.areas AS SELECT "Площадь, м² (UF_CRM_NEW)" AS area FROM crm.v_deals',
    );
    odd.fields = (fields) => {
      fields["UF_CRM_NEW"] = { type: "double", isDynamic: true, title: "UF_CRM_NEW", listLabel: "Метры" };
    };
    assert.equal((await rig.run("deal", "incremental")).state, "completed");
    assert.deepEqual(await one("SELECT count(*)::int AS count FROM public.areas"), { count: COUNT });
    await rig.db.pool.query("DROP VIEW public.areas");
    assert.equal((await rig.run("deal", "incremental")).state, "completed");
    assert.deepEqual(await one('SELECT count("Метры")::int AS count FROM crm.v_deals'), { count: COUNT / 2 });
  });

  it("F23: keeps the old values of a field that comes back with another type", async () => {
    odd.fields = (fields) => {
      fields["UF_CRM_NEW"] = { type: "string", isMultiple: true, isDynamic: true, title: "UF_CRM_NEW" };
    };
    odd.row = (row) => {
      row["UF_CRM_NEW"] = ["a", `b ${row["ID"]}`];
    };
    const run = await rig.run("deal", "incremental");
    assert.deepEqual([run.state, run.rowsWritten], ["completed", COUNT]);
    assert.deepEqual(
      await one("SELECT uf_crm_new, uf_crm_new__old_1::text AS old FROM crm.deals WHERE id = 2"),
      { uf_crm_new: ["a", "b 2"], old: "12.5" },
    );
    assert.deepEqual(await logged("field_retyped"), [{ column: "uf_crm_new", keptAs: "uf_crm_new__old_1" }]);
  });

  it("keeps the column of a field that is gone", async () => {
    odd.fields = () => {};
    assert.equal((await rig.run("deal")).state, "completed");
    assert.deepEqual(await one("SELECT count(uf_crm_new)::int AS filled FROM crm.deals"), { filled: COUNT });
    assert.deepEqual(
      await one("SELECT removed_at IS NOT NULL AS removed FROM b24kit.sync_fields WHERE name = 'UF_CRM_NEW'"),
      { removed: true },
    );
  });

  it("tells of it all, in order", async () => {
    const rows = await ask(schemaChanges());
    assert.deepEqual(
      rows.reverse().map(({ field, change, before, after }) => [field, change, before, after]),
      [
        ["UF_CRM_NEW", "added", null, "double"],
        ["UF_CRM_NEW", "relabelled", "Площадь", "Площадь, м²"],
        ["UF_CRM_NEW", "relabelled", "Площадь, м²", "Метры"],
        ["UF_CRM_NEW", "retyped", "double", "string[]"],
        ["UF_CRM_NEW", "relabelled", "Метры", "UF_CRM_NEW"],
        ["UF_CRM_NEW", "removed", "string[]", null],
      ],
    );
  });

  it("F24: loses no row and no value to values that do not fit", async () => {
    const poison: Record<number, [string, unknown]> = {
      3: ["OPPORTUNITY", "many"],
      5: ["DATE_CREATE", "yesterday"],
      7: ["TITLE", "zero \u0000 character"],
      9: ["CLOSEDATE", "2024-02-31"],
      11: ["CATEGORY_ID", "99999999999"],
      13: ["TITLE", "half \ud83d pair"],
    };
    odd.row = (row) => {
      const [field, value] = poison[Number(row["ID"])] ?? [];
      if (field) row[field] = value;
    };
    const run = await rig.run("deal");
    assert.deepEqual([run.state, run.rowsRead], ["completed", COUNT]);
    const { rows } = await rig.db.pool.query(
      "SELECT entity_id::int AS id, field, raw, reason FROM b24kit.sync_quarantine ORDER BY 1",
    );
    assert.deepEqual(
      rows.map(({ id, field, raw }) => [id, field, JSON.parse(raw)]),
      Object.entries(poison).map(([id, [field, value]]) => [Number(id), field, value]),
    );
    assert.deepEqual(
      rows.map(({ reason }) => reason),
      ["not_a_number", "not_a_date", "unstorable_text", "not_a_date", "out_of_range", "unstorable_text"],
    );
    assert.deepEqual(
      await one("SELECT count(*)::int AS count FROM crm.deals WHERE id IN (3, 5, 7, 9, 11, 13)"),
      { count: 6 },
    );
    assert.deepEqual(await logged("values_quarantined"), [{ count: 6 }]);
    const shown = await ask(quarantine());
    assert.deepEqual(
      shown.map(({ record, label, value }) => [Number(record), typeof label, value]),
      rows.map(({ id, raw }) => [id, "string", raw]),
    );
  });

  it("lets a value out of quarantine once it fits", async () => {
    const run = await rig.run("deal");
    assert.deepEqual([run.state, run.rowsWritten], ["completed", 6]);
    assert.deepEqual(await one("SELECT count(*)::int AS count FROM b24kit.sync_quarantine"), { count: 0 });
    assert.deepEqual(
      await one("SELECT count(*)::int AS count FROM crm.deals WHERE opportunity IS NULL AND id = 3"),
      { count: 0 },
    );
  });

  it("stops rather than guess where the portal's answer makes no sense", async () => {
    odd.fields = (fields) => {
      delete fields["ID"];
    };
    const run = await rig.run("deal");
    assert.deepEqual([run.state, run.error?.code], ["failed", "portal_answer_invalid"]);
    odd.fields = () => {};
  });
});
