// A worker of its own: `node … test/sync-worker.ts <database address>`. Works until it is killed or told to end.
import { openDatabase } from "../packages/api/src/platform/db/database.ts";
import { openStation } from "./sync-rig.ts";

const db = await openDatabase({ url: process.argv[2]! });
const station = await openStation(db);
station.sync.work();
process.once("disconnect", () => process.exit());
process.once("message", async () => {
  await station.stop();
  await db.close();
  process.exit();
});
process.send?.("ready");
