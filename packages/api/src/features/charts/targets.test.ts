import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ChartRig, openChartRig } from "../../../../../test/charts/chart-rig.ts";
import { changeTargets, selectTargets } from "./store/targets.ts";

describe("monthly plans", () => {
  let rig: ChartRig;
  before(async () => {
    rig = await openChartRig();
  });
  after(() => rig.close());

  const plan = {
    month: "2026-06",
    scope: "responsible",
    subject: "1",
    measure: "won_amount",
    value: 10,
  } as const;

  it("are set once, changed, and removed", async () => {
    const change = (value: number | null) =>
      changeTargets(
        rig.db.pool,
        rig.portalId,
        [
          { ...plan, value },
          { ...plan, month: "2026-07", value },
        ],
        "test",
      );
    assert.deepEqual([await change(10), await change(10), await change(20)], [2, 0, 2]);
    assert.deepEqual(await selectTargets(rig.db.pool, rig.portalId, "2026-06", "2026-06"), [
      { ...plan, value: 20 },
    ]);
    assert.deepEqual([await change(null), await change(null)], [2, 0]);
    assert.deepEqual(await selectTargets(rig.db.pool, rig.portalId, null, null), []);
  });
});
