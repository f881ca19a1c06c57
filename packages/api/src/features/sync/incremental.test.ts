import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertMirrorEquals } from "../../../../../test/mirror-equals.ts";
import { openRig, type Rig, whenEnded } from "../../../../../test/sync-rig.ts";
import { entityNames } from "./entities.ts";

describe("an incremental sync", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 1_500, contacts: 400, companies: 200, leads: 400 } });
    for (const entity of entityNames) assert.equal((await rig.run(entity)).state, "completed");
  });
  after(() => rig.close());

  it("brings what changed and what is new, and nothing else", async () => {
    const changes = rig.portal.control
      .mutate({ seed: 7, operations: 400 })
      .filter(({ operation }) => operation !== "delete");
    // Deletions are seen by full runs.
    for (const entity of entityNames) {
      const touched = new Set(changes.filter((change) => change.entity === entity).map(({ id }) => id));
      const run = await rig.run(entity, "incremental");
      assert.equal(run.error, null);
      assert.ok(
        run.rowsWritten <= touched.size && run.rowsWritten > 0,
        `${entity}: ${run.rowsWritten} of ${touched.size}`,
      );
      assert.ok(run.requests <= 3, `${run.requests} requests`);
    }
  });

  it("leaves nothing to a full run but the deleted", async () => {
    for (const entity of entityNames) {
      const run = await rig.run(entity);
      assert.deepEqual([run.state, run.rowsWritten], ["completed", 0], entity);
      await assertMirrorEquals(rig.db, rig.portal, entity);
    }
    const { rows } = await rig.db.pool.query(
      "SELECT count(*)::int AS gone, count(*) FILTER (WHERE _deleted_by = 'full')::int AS by FROM crm.deals WHERE _deleted_at IS NOT NULL",
    );
    assert.ok(rows[0].gone > 0 && rows[0].gone === rows[0].by);
  });

  it("costs one request when nothing happened", async () => {
    // The overlap of two minutes still shows the last changes: let the portal's clock pass it.
    rig.portal.control.clock({ advance: 600_000 });
    assert.equal((await rig.run("deal", "incremental")).state, "completed");
    const run = await rig.run("deal", "incremental");
    assert.deepEqual([run.state, run.requests, run.rowsRead], ["completed", 1, 0]);
  });

  it("finds a new record whose time of change is old", async () => {
    const answer = await fetch(`${rig.portal.webhookUrl}crm.deal.add`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        fields: { TITLE: "Из архива", DATE_MODIFY: "2020-01-01T00:00:00+03:00" },
        params: { IMPORT: "Y" },
      }),
    });
    const { result } = (await answer.json()) as { result: number };
    assert.equal((await rig.run("deal", "incremental")).state, "completed");
    const { rows } = await rig.db.pool.query("SELECT title FROM crm.deals WHERE id = $1", [result]);
    assert.deepEqual(rows, [{ title: "Из архива" }]);
  });

  it("is started by the schedule when it is due", async () => {
    const ended = whenEnded(rig.bus, "contact");
    await rig.db.pool.query("UPDATE b24kit.sync_state SET next_run_at = now() WHERE entity = 'contact'");
    const run = await ended;
    assert.deepEqual([run.state, run.type], ["completed", "incremental"]);
    const { rows } = await rig.db.pool.query("SELECT cause FROM b24kit.sync_runs WHERE id = $1", [run.id]);
    assert.equal(rows[0].cause, "schedule");
  });

  it("covers everything where the first full run never happened", async () => {
    await rig.db.pool.query("DELETE FROM b24kit.sync_state; DROP TABLE crm.companies");
    assert.equal((await rig.run("company", "incremental")).state, "completed");
    await assertMirrorEquals(rig.db, rig.portal, "company");
  });

  it("does not believe that a hundred records vanished because its rights did", async () => {
    rig.portal.control.limits({ rate: { enabled: false } });
    // Nobody deletes 150 companies of 200 in a moment; but they are gone, and the portal says so when it is asked.
    const ids = rig.portal.control.records({ entity: "company", limit: 150 }).map(({ ID }) => ID);
    for (const id of ids) await fetch(`${rig.portal.webhookUrl}crm.company.delete?id=${id}`);
    rig.portal.control.addFault({
      match: "crm.company.get",
      effect: "resultError",
      times: 1,
      error: "ACCESS_DENIED",
      description: "Access denied.",
    });
    const alive = "SELECT count(*)::int AS count FROM crm.companies WHERE _deleted_at IS NULL";
    const before = (await rig.db.pool.query(alive)).rows[0].count;
    assert.equal((await rig.run("company")).state, "completed");
    assert.equal((await rig.db.pool.query(alive)).rows[0].count, before, "withheld");
    assert.equal((await rig.run("company")).state, "completed");
    assert.equal((await rig.db.pool.query(alive)).rows[0].count, before - 150);
    await assertMirrorEquals(rig.db, rig.portal, "company");
  });
});
