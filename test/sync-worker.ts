// A worker of its own: `node … test/sync-worker.ts <database address> [options as JSON]`. Works until it is killed or
// told to end.
import type { SyncSettings } from "../packages/api/src/features/sync/deps.ts";
import { openDatabase } from "../packages/api/src/platform/db/database.ts";
import { createFastClock, type FastTime } from "./fast-clock.ts";
import { openStation } from "./sync-station.ts";

export interface WorkerOptions {
  readonly time?: FastTime;
  readonly settings?: Partial<SyncSettings>;
}

const { time, settings }: WorkerOptions = JSON.parse(process.argv[3] ?? "{}");
const db = await openDatabase({ url: process.argv[2]! });
const station = await openStation(db, {
  ...(time === undefined ? {} : { clock: createFastClock(time) }),
  ...(settings === undefined ? {} : { settings }),
});
station.sync.work();
process.once("disconnect", () => process.exit());
process.once("message", async () => {
  await station.stop();
  await db.close();
  process.exit();
});
process.send?.("ready");
