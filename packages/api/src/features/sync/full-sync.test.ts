import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openRig, type Rig } from "../../../../../test/sync-rig.ts";

describe("a full sync", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 10_000, contacts: 500, companies: 300, leads: 400 } });
  });
  after(() => rig.close());

  it("copies 10,000 deals", async () => {
    const run = await rig.run("deal");
    console.log(run, rig.portal.control.stats());
    const logs = await rig.db.pool.query("select code, details from b24kit.sync_logs order by id");
    console.log(logs.rows);
    assert.equal(run.error, null);
    assert.equal(run.rowsWritten, 10_000);
  });
});
