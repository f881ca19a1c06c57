// A worker of its own: `node … test/generator-worker.ts <database address>`. Makes test data until it is killed.
import { createGenerator } from "../packages/api/src/features/generator/generator.ts";
import { openDatabase } from "../packages/api/src/platform/db/database.ts";
import { openStation } from "./sync-station.ts";

const db = await openDatabase({ url: process.argv[2]! });
const station = await openStation(db);
createGenerator({ ...station, db, settings: { breathMs: 50 } }).work();
process.once("disconnect", () => process.exit());
process.send?.("ready");
