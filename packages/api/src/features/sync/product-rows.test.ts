import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { SyncRun } from "@b24kit/client/contract";
import { openRig, type Rig, whenEnded } from "../../../../../test/sync-rig.ts";

const DEALS = 1_200;

describe("products of deals beside the deals themselves", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: DEALS, contacts: 5, companies: 5, leads: 5 } });
    rig.portal.control.limits({ rate: { enabled: false } });
  });
  after(() => rig.close());

  const asked = () => rig.portal.control.stats().methods["crm.item.productrow.list"]?.calls ?? 0;

  it("are read once when everything is started at once, and tell how far they are by the deals", async () => {
    const told: SyncRun[] = [];
    const unsubscribe = rig.bus.subscribe("sync", "any", ({ data }) => {
      const { entity, run } = data as { entity: string; run: SyncRun | null };
      if (entity === "product_row" && run) told.push(run);
    });
    const [deals, rows] = [whenEnded(rig.bus, "deal"), whenEnded(rig.bus, "product_row")];
    for (const entity of ["deal", "product_row"])
      await rig.sync.start({ portalId: rig.portalId, entity, type: "full", cause: "person" });
    assert.equal((await deals).state, "completed");
    const run = await rows;
    unsubscribe();
    assert.deepEqual([run.state, run.error], ["completed", null]);
    assert.ok(run.startedAt! >= (await deals).finishedAt!, "the products wait for the deals");
    assert.deepEqual(run.owners, { entity: "deal", read: DEALS, expected: DEALS });
    assert.equal(asked(), DEALS, "each deal was asked for once");
    const underWay = told.filter(({ state, owners }) => state === "running" && owners);
    assert.ok(underWay.length > 0 && underWay.every(({ owners }) => owners!.expected === DEALS));
  });

  it("are not asked for again by the cycles that follow", async () => {
    const before = asked();
    // What was written in the tenth of a second before the products were begun is read again.
    await rig.db.pool.query("UPDATE crm.deals SET _synced_at = _synced_at - interval '100 milliseconds'");
    const run = await rig.run("product_row", "incremental");
    assert.deepEqual([run.state, run.owners?.expected, asked() - before], ["completed", 0, 0]);
    assert.equal((await rig.run("deal", "incremental")).rowsWritten, 0);
    await rig.run("product_row", "incremental");
    assert.equal(asked() - before, 0);
  });

  it("are read again of a deal that was being written while they were looked at", async () => {
    const before = asked();
    await rig.db.transaction(async (tx) => {
      // Its row bears the time of the transaction's beginning, and is seen after the run has passed.
      await tx.query("UPDATE crm.deals SET _synced_at = now() WHERE id = 7");
      await rig.run("product_row", "incremental");
      assert.equal(asked() - before, 0);
    });
    await rig.run("product_row", "incremental");
    assert.equal(asked() - before, 1);
  });
});
