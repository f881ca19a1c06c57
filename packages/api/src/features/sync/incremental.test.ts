import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertMirrorEquals, CRM_ENTITIES } from "../../../../../test/mirror-equals.ts";
import { openRig, type Rig, whenEnded, whenStatus } from "../../../../../test/sync-rig.ts";

describe("an incremental sync", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 1_500, contacts: 400, companies: 200, leads: 400 } });
    for (const entity of CRM_ENTITIES) assert.equal((await rig.run(entity)).state, "completed");
  });
  after(() => rig.close());

  it("brings what changed and what is new, and nothing else", async () => {
    const changes = rig.portal.control
      .mutate({ seed: 7, operations: 400 })
      .filter(({ operation }) => operation !== "delete");
    // Deletions are seen by full runs.
    for (const entity of CRM_ENTITIES) {
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
    for (const entity of CRM_ENTITIES) {
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

  it("F12: finds a new record whose time of change is old", async () => {
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

  it("costs one request for all entities when nothing happened in any, and makes no run", async () => {
    rig.portal.control.clock({ advance: 600_000 });
    for (const entity of CRM_ENTITIES)
      assert.equal((await rig.run(entity, "incremental")).state, "completed");
    const count = async () =>
      (await rig.db.pool.query("SELECT count(*)::int AS runs FROM b24kit.sync_runs")).rows[0].runs;
    const [runs, { requests }] = [await count(), rig.portal.control.stats()];
    const before = Date.now();
    const looked = Promise.all(
      CRM_ENTITIES.map((entity) =>
        whenStatus(rig.bus, entity, ({ lastCompletedAt }) => Date.parse(lastCompletedAt ?? "") >= before),
      ),
    );
    // One is due, the others will be in a moment.
    await rig.sync.stop();
    await rig.db.pool.query(
      "UPDATE b24kit.sync_state SET next_run_at = now() + CASE entity WHEN 'deal' THEN interval '0' ELSE interval '20 s' END",
    );
    rig.sync.work();
    for (const status of await looked) assert.ok(Date.parse(status.nextRunAt!) > before + 60_000);
    assert.deepEqual([await count(), rig.portal.control.stats().requests - requests], [runs, 1]);
    const { rows } = await rig.db.pool.query(
      "SELECT count(DISTINCT watermark)::int AS watermarks FROM b24kit.sync_state WHERE entity = ANY('{deal,contact,lead,company}')",
    );
    assert.equal(rows[0].watermarks, 1);
  });

  it("is started by the schedule when it is due and something happened", async () => {
    rig.portal.control.mutate({ seed: 11, operations: 5, entities: ["contact"] });
    const ended = whenEnded(rig.bus, "contact");
    await rig.db.pool.query("UPDATE b24kit.sync_state SET next_run_at = now() WHERE entity = 'contact'");
    await rig.sync.stop();
    rig.sync.work();
    const run = await ended;
    assert.deepEqual([run.state, run.type], ["completed", "incremental"]);
    const { rows } = await rig.db.pool.query("SELECT cause FROM b24kit.sync_runs WHERE id = $1", [run.id]);
    assert.equal(rows[0].cause, "schedule");
  });

  it("covers everything where the first full run never happened", async () => {
    await rig.db.pool.query("DELETE FROM b24kit.sync_state; DROP TABLE crm.companies CASCADE");
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
