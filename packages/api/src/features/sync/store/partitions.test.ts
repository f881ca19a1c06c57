import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openRig, type Rig } from "../../../../../../test/sync-rig.ts";
import { until } from "../../../../../../test/until.ts";
import { insertPlan, selectOpenPartitions, splitPartition } from "./partitions.ts";

describe("partitions of a run", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 1, contacts: 1, companies: 1, leads: 1 } }, { work: false });
  });
  after(() => rig.close());

  it("are cut by two readers at the same moment, each into pieces of its own", async () => {
    const { id } = await rig.sync.start({
      portalId: rig.portalId,
      entity: "deal",
      type: "full",
      cause: "person",
    });
    const range = (lo: number, hi: number) => ({ kind: "range" as const, lo, hi });
    await insertPlan(rig.db.pool, id, {
      ...{ windowFrom: null, windowTo: new Date(), skew: 0, offsetMinutes: 0, rowsExpected: 200 },
      partitions: [range(0, 100), range(100, 200)],
    });
    const [one, other] = await Promise.all([rig.db.connect(), rig.db.connect()]);
    try {
      await one.query("BEGIN");
      await other.query("BEGIN");
      await splitPartition(one, id, 1, 50);
      const second = splitPartition(other, id, 2, 150);
      second.catch(() => {});
      await until(async () => {
        const { rows } = await rig.db.pool.query(
          "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
        );
        return rows.length > 0;
      }, "the second cut to wait for the first");
      await one.query("COMMIT");
      assert.deepEqual(await second, { no: 4, kind: "range", lo: 150, hi: 200, cursor: 150 });
      await other.query("COMMIT");
    } finally {
      one.release();
      other.release();
    }
    const pieces = await selectOpenPartitions(rig.db.pool, id);
    assert.deepEqual(
      pieces.map(({ no, lo, hi }) => [no, lo, hi]),
      [
        [1, 0, 50],
        [2, 100, 150],
        [3, 50, 100],
        [4, 150, 200],
      ],
    );
  });
});
