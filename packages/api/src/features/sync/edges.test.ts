import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertMirrorEquals } from "../../../../../test/mirror-equals.ts";
import { openRig, type Rig } from "../../../../../test/sync-rig.ts";

describe("a portal of unusual shape", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 5_200, contacts: 0, companies: 1, leads: 51, users: 430 } });
    rig.portal.control.limits({ rate: { enabled: false } });
  });
  after(() => rig.close());

  it("without a single record is mirrored as an empty table", async () => {
    for (const type of ["full", "incremental", "full"] as const) {
      const run = await rig.run("contact", type);
      assert.deepEqual([run.state, run.error, run.rowsRead, run.requests], ["completed", null, 0, 2]);
    }
    const { rows } = await rig.db.pool.query("SELECT count(*)::int AS count FROM crm.contacts");
    assert.equal(rows[0].count, 0);
  });

  it("with one record, and with one more than a page holds", async () => {
    for (const entity of ["company", "lead"] as const) {
      assert.equal((await rig.run(entity)).state, "completed");
      await assertMirrorEquals(rig.db, rig.portal, entity);
    }
  });

  it("with more users than the first question asks for", async () => {
    const { rows } = await rig.db.pool.query(
      "SELECT count(*)::int AS count FROM crm.users WHERE _deleted_at IS NULL",
    );
    assert.equal(rows[0].count, 430);
  });

  it("with more holes than records, at the beginning and the end too", async () => {
    const remove = rig.portal.control
      .records({ entity: "deal", limit: 10_000 })
      .map(({ ID }) => Number(ID))
      .filter((id) => id <= 200 || id > 5_000 || id % 3 > 0);
    assert.equal((await rig.run("deal")).rowsWritten, 5_200);
    for (let at = 0; at < remove.length; at += 50) {
      const cmd = Object.fromEntries(
        remove.slice(at, at + 50).map((id) => [`d${id}`, `crm.deal.delete?id=${id}`]),
      );
      const answer = await fetch(`${rig.portal.webhookUrl}batch`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ cmd }),
      });
      assert.equal(answer.status, 200);
    }
    // Portal time is whole seconds: rows that were read within the second of the question are kept for the next run.
    rig.portal.control.clock({ advance: 2_000 });
    const run = await rig.run("deal");
    assert.deepEqual([run.state, run.rowsWritten, run.rowsRead], ["completed", 0, 5_200 - remove.length]);
    await assertMirrorEquals(rig.db, rig.portal, "deal");
    const { rows } = await rig.db.pool.query(
      "SELECT count(*)::int AS gone FROM crm.deals WHERE _deleted_by = 'full'",
    );
    assert.equal(rows[0].gone, remove.length, "every one that is gone is marked, and kept");
    assert.equal((await rig.sync.status(rig.portalId)).entities[0]?.rows, 5_200 - remove.length);
    assert.equal((await rig.run("deal")).state, "completed");
    assert.equal(
      (await rig.db.pool.query("SELECT count(*)::int AS left FROM b24kit.sync_missing")).rows[0].left,
      0,
    );
  });
});
