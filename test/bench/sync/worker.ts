// A worker whose memory is measured: `worker.ts <database address>`.
import { openDatabase } from "../../../packages/api/src/platform/db/database.ts";
import { openStation } from "../../sync-station.ts";

const station = await openStation(await openDatabase({ url: process.argv[2]! }));
station.sync.work();
// In kilobytes on every system.
process.on("message", () => process.send!({ peakMb: process.resourceUsage().maxRSS / 1024 }));
process.once("disconnect", () => process.exit());
process.send!("ready");
