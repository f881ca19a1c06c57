import { once } from "node:events";
import { createTestDatabase } from "../../database.ts";
import { whenEnded } from "../../sync-rig.ts";
import { openStation } from "../../sync-station.ts";
import { atMost, type Measured } from "../goal.ts";
import { ask, end, openStand, startChild } from "./stand.ts";

/** Where memory is plenty, V8 leaves garbage lying: a bound as a small container sets it shows what is needed. */
const HEAP_MB = 128;

/** Peak memory of a process that mirrors so many deals from a portal without limits. */
export async function measureMemory(deals: number): Promise<Measured> {
  const stand = await openStand(deals, 0, 1);
  const database = await createTestDatabase();
  const station = await openStation(database.db);
  const worker = startChild("worker.ts", database.url, [`--max-old-space-size=${HEAP_MB}`]);
  try {
    const { id: portalId } = await station.portals.connect(stand.webhookUrl);
    await once(worker, "message");
    const ended = whenEnded(station.bus, "deal");
    const startedAt = performance.now();
    await station.sync.start({ portalId, entity: "deal", type: "full", cause: "person" });
    const { state, rowsRead } = await ended;
    if (state !== "completed" || rowsRead !== deals) throw new Error(`The run is ${state}, ${rowsRead} rows`);
    const rowsPerSecond = Math.round(deals / ((performance.now() - startedAt) / 1000));
    const { peakMb } = await ask<{ peakMb: number }>(worker);
    console.table({
      b24kit: { deals, "rows a second, portal included": rowsPerSecond, "peak RSS MB": peakMb },
    });
    return {
      goals: [atMost("S5", `MB of RSS for ${deals} deals`, peakMb, 256)],
      details: { peakMb, rowsPerSecond },
    };
  } finally {
    await end(worker);
    await station.stop();
    await stand.close();
    await database.drop();
  }
}
