import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createFastClock } from "../fast-clock.ts";
import { assertMirrorEquals } from "../mirror-equals.ts";
import { openRig, whenEnded } from "../sync-rig.ts";
import { createChance } from "./random/chance.ts";
import { createWorkers } from "./random/workers.ts";

const DEALS = 6_000;
const KILLS = 20;
const SETTINGS = { batchSize: 4, readers: 2 };
const ROWS_OF_REQUEST = SETTINGS.batchSize * 50;

describe("a full load that is killed", () => {
  it("at 20 random points ends with every row, read again no more than what was under way", async () => {
    const chance = createChance(20);
    const points = Array.from({ length: KILLS }, () => chance.int(1, DEALS * 0.95)).sort((a, b) => a - b);
    const time = { origin: Date.now(), speed: 40 };
    const counts = { deals: DEALS, contacts: 10, companies: 10, leads: 10 };
    const rig = await openRig({ counts, clock: createFastClock(time) }, { work: false });
    const workers = createWorkers(rig.url, { time, settings: SETTINGS });
    const read = async () =>
      (await rig.db.pool.query("SELECT coalesce(sum(rows_read), 0)::int AS read FROM b24kit.sync_partitions"))
        .rows[0].read;
    try {
      await workers.start();
      const ended = whenEnded(rig.bus, "deal");
      await rig.sync.start({ portalId: rig.portalId, entity: "deal", type: "full", cause: "person" });
      for (const point of points) {
        while ((await read()) < point) await delay(2);
        await delay(chance.int(0, 15));
        await workers.kill();
        await workers.start();
      }
      const run = await ended;
      assert.deepEqual([run.state, run.rowsRead, run.rowsWritten], ["completed", DEALS, DEALS]);
      assert.ok(run.resumed > 0 && run.resumed <= KILLS, `resumed ${run.resumed} times`);
      const again = (rig.portal.control.stats().methods["crm.deal.list"]?.rows ?? 0) - DEALS;
      const most = KILLS * SETTINGS.readers * ROWS_OF_REQUEST;
      assert.ok(again <= most + 100, `${again} rows were read again, ${most} at most were under way`);
      await assertMirrorEquals(rig.db, rig.portal, "deal");
    } finally {
      await workers.kill();
      await rig.close();
    }
  });
});
