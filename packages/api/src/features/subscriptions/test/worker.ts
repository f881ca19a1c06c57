import { openBus } from "../../../platform/bus/bus.ts";
import { openDatabase } from "../../../platform/db/database.ts";
import { createLogger } from "../../../platform/log/logger.ts";
import { createOutside } from "../../../platform/outside/post-outside.ts";
import { createSecrets } from "../../../platform/secrets/secrets.ts";
import { createSubscriptions } from "../subscriptions.ts";

/** A process that only sends; to be killed in the middle. */
const [url = "", origin = "", secret = ""] = process.argv.slice(2);
const log = createLogger({ level: "silent", form: "json" });
const db = await openDatabase({ url });
const bus = await openBus({ db, log });
createSubscriptions({
  ...{ db, bus, log, now: Date.now },
  secrets: createSecrets([secret]),
  outside: createOutside({ configured: [origin] }),
  resolvePortal: async () => ({ id: 1 }),
}).work();
