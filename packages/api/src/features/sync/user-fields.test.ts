import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertMirrorEquals } from "../../../../../test/mirror-equals.ts";
import { openRig, type Rig } from "../../../../../test/sync-rig.ts";

describe("user fields that come, go and come back", () => {
  let rig: Rig;
  let fieldId = 0;
  before(async () => {
    rig = await openRig({ counts: { deals: 400, contacts: 10, companies: 10, leads: 10 } });
    rig.portal.control.limits({ rate: { enabled: false } });
    assert.equal((await rig.run("deal")).state, "completed");
    // What comes next is changed long after: only a run over everything can see it.
    rig.portal.control.clock({ advance: 600_000 });
    assert.equal((await rig.run("deal", "incremental")).state, "completed");
  });
  after(() => rig.close());

  async function call(method: string, params: unknown): Promise<unknown> {
    const answer = await fetch(`${rig.portal.webhookUrl}${method}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(params),
    });
    const { result } = (await answer.json()) as { result: unknown };
    assert.ok(answer.ok, method);
    return result;
  }
  const addField = async (type: string) => {
    const fields = { FIELD_NAME: "UF_CRM_ROOM", USER_TYPE_ID: type, LABEL: "Площадь" };
    fieldId = (await call("crm.deal.userfield.add", { fields })) as number;
  };
  const one = async (sql: string): Promise<Record<string, unknown>> => (await rig.db.pool.query(sql)).rows[0];

  it("fill a new column also where the run that made it ended badly", async () => {
    await addField("double");
    for (const id of [3, 5, 7]) await call("crm.deal.update", { id, fields: { UF_CRM_ROOM: "12.5" } });
    rig.portal.control.clock({ advance: 600_000 });
    rig.portal.control.addFault({
      match: "crm.deal.list",
      effect: "resultError",
      // The two of the plan go through, the first page does not.
      after: 2,
      times: 1,
      error: "ACCESS_DENIED",
      description: "Access denied.",
    });
    assert.equal((await rig.run("deal", "incremental")).state, "failed");
    assert.deepEqual(await one("SELECT count(uf_crm_room)::int AS filled FROM crm.deals"), { filled: 0 });
    const run = await rig.run("deal", "incremental");
    assert.deepEqual([run.state, run.rowsRead, run.rowsWritten], ["completed", 400, 3]);
    await assertMirrorEquals(rig.db, rig.portal, "deal");
    rig.portal.control.clock({ advance: 600_000 });
    assert.equal((await rig.run("deal", "incremental")).rowsRead, 0, "once is enough");
  });

  it("keep no value of a field that was deleted and made anew with the same name and type", async () => {
    await call("crm.deal.userfield.delete", { id: fieldId });
    await addField("double");
    await call("crm.deal.update", { id: 9, fields: { UF_CRM_ROOM: "3" } });
    assert.equal((await rig.run("deal", "incremental")).state, "completed");
    await assertMirrorEquals(rig.db, rig.portal, "deal");
    assert.deepEqual(
      await one("SELECT uf_crm_room AS new, uf_crm_room__old_1::text AS old FROM crm.deals WHERE id = 3"),
      {
        new: null,
        old: "12.5",
      },
    );
  });

  it("keep no value of a field that was away for a while", async () => {
    await call("crm.deal.userfield.delete", { id: fieldId });
    assert.equal((await rig.run("deal")).state, "completed");
    await addField("double");
    assert.equal((await rig.run("deal", "incremental")).state, "completed");
    await assertMirrorEquals(rig.db, rig.portal, "deal");
    assert.deepEqual(await one("SELECT count(uf_crm_room)::int AS filled FROM crm.deals"), { filled: 0 });
  });
});
