import { ConfigError, readConfig } from "./config.ts";
import { DatabaseUnavailable } from "./platform/db/database-unavailable.ts";
import { MigrationFailed } from "./platform/db/migrate.ts";
import { toFailure } from "./platform/http/app-error.ts";
import { AddressTaken } from "./platform/http/listen.ts";
import { createLogger } from "./platform/log/logger.ts";
import { start } from "./start.ts";

/** Beyond this the process ends whatever is unfinished: supervisors kill at about this time anyway. */
const PATIENCE_MS = 10_000;

/** `npm run serve`: API and worker from the environment, until a signal ends it. */
async function main(): Promise<void> {
  const config = readConfig(process.env, { demo: false });
  const log = createLogger({ level: config.debug ? "debug" : "info", form: "json" });
  // A promise that nobody awaited must not take the process and its other work along.
  process.on("unhandledRejection", (reason) => log.error({ err: reason }, "a failure was awaited by nobody"));
  const running = await start(config, { log, say: (line) => console.error(line) });
  log.info({ url: running.url, role: config.role }, "ready");

  let stopping = false;
  const stop = async (signal: string) => {
    // The second signal is impatience.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => {
      log.error({}, "not everything ended in time; leaving it to the next start");
      process.exit(1);
    }, PATIENCE_MS).unref();
    await running.stop();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

/** Reasons that whoever starts the program can remove; they need no stack. */
function isExpected(error: unknown): boolean {
  const kinds = [ConfigError, DatabaseUnavailable, MigrationFailed, AddressTaken];
  return kinds.some((kind) => error instanceof kind) || toFailure(error).code !== "internal";
}

try {
  await main();
} catch (error) {
  console.error(isExpected(error) ? (error as Error).message : error);
  process.exit(1);
}
