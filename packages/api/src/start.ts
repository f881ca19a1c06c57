import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";
import { createApp, type Product } from "./app.ts";
import type { Config } from "./config.ts";
import { homePage } from "./pages/home.ts";
import { sharedPage } from "./pages/shared.ts";
import { openBus } from "./platform/bus/bus.ts";
import { listenToRedis } from "./platform/bus/wake-redis.ts";
import { type Database, openDatabase } from "./platform/db/database.ts";
import { startEmbedded } from "./platform/db/embedded.ts";
import { migrate } from "./platform/db/migrate.ts";
import { listen } from "./platform/http/listen.ts";
import type { StaticFiles } from "./platform/http/static-files.ts";
import { createLogger, type Logger } from "./platform/log/logger.ts";

export interface StartOptions {
  /** Folders that are served too, before the script-tag build. */
  readonly files?: readonly StaticFiles[];
  readonly log?: Logger;
  /** Receives the few lines that tell a person how the start goes. */
  readonly say?: (line: string) => void;
  /** Compare every answer with the contract: tests and the demo. */
  readonly checkAnswers?: boolean;
}

export interface Running {
  /** Where it answers, e.g. `http://localhost:8080`. */
  readonly url: string;
  /** A link that signs one browser in, where the demo is open to the network; else null. */
  readonly entranceUrl: string | null;
  readonly product: Product;
  readonly db: Database;
  /** Finishes what is under way and ends everything that was started; takes at most about ten seconds. */
  stop(): Promise<void>;
}

const DRAIN_MS = 7_000;

const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
const { version } = JSON.parse(manifest) as { version: string };

/** The elements' script-tag build, for pages anywhere. */
const scriptTagBuild: StaticFiles = {
  dir: fileURLToPath(new URL("../../elements/cdn", import.meta.url)),
  at: "/",
  crossOrigin: true,
};

/** What has to be ended, the last thing first. */
type Endings = (() => Promise<void>)[];

/**
 * Starts database, migrations, API and worker as the settings say; of a start that fails nothing stays behind.
 * @throws DatabaseUnavailable, MigrationFailed, AddressTaken, or what else is wrong, with words for whoever starts it
 */
export async function start(config: Config, options: StartOptions = {}): Promise<Running> {
  const log = options.log ?? createLogger({ level: config.debug ? "debug" : "info", form: "json" });
  const say = options.say ?? (() => {});
  const endings: Endings = [];
  const stop = once(() => endAll(endings, log));
  try {
    const db = await startDatabase(config, { log, say, endings });
    say("Starting application...");
    const bus = await openBus({ db, log, ...wakeOf(config, log) });
    endings.push(() => bus.close());
    const { checkAnswers = false, files = [] } = options;
    const product = createApp({
      config,
      db,
      bus,
      log,
      version,
      checkAnswers,
      files: [...files, homePage(config), sharedPage, scriptTagBuild],
    });
    endings.push(() => product.stop(DRAIN_MS));
    await product.start();
    const server = await listen(product.app, config);
    endings.push(async () => {
      const closed = server.close();
      await product.stop(DRAIN_MS);
      await closed;
    });
    const url = config.publicUrl ?? `http://${hostInAddress(config.host)}:${server.port}`;
    const code = product.demo?.code;
    const far = config.publicUrl ?? `http://${lanAddress() ?? "localhost"}:${server.port}`;
    return { url, entranceUrl: code ? `${far}/demo/enter?code=${code}` : null, product, db, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startDatabase(
  config: Config,
  { log, say, endings }: { log: Logger; say: (line: string) => void; endings: Endings },
): Promise<Database> {
  say("Waiting for PostgreSQL...");
  let url = config.databaseUrl;
  if (!url) {
    const embedded = await startEmbedded({ dataDir: config.dataDir, log });
    endings.push(() => embedded.stop());
    url = embedded.url;
  }
  const db = await openDatabase({ url, log, max: 20 });
  endings.push(() => db.close());
  say("PostgreSQL is ready!");
  say("Running database migrations...");
  await migrate(db, undefined, log);
  say("Migrations completed successfully!");
  return db;
}

/** With Redis the bus is woken by it and looks by itself each second, since a wake may run ahead of a commit. */
function wakeOf({ redisUrl }: Config, log: Logger) {
  if (!redisUrl) return {};
  return { wake: (onWake: () => void) => listenToRedis({ url: redisUrl, log, onWake }), lookEvery: 1_000 };
}

async function endAll(endings: Endings, log: Logger): Promise<void> {
  for (const end of endings.reverse()) {
    await end().catch((error) => log.error({ err: error }, "a part did not end well"));
  }
}

/** Every call shares the one run. */
function once(fn: () => Promise<void>): () => Promise<void> {
  let run: Promise<void> | undefined;
  return () => {
    run ??= fn();
    return run;
  };
}

/** The name by which a browser on this machine reaches a server that listens on `host`. */
function hostInAddress(host: string): string {
  if (host === "0.0.0.0" || host === "::" || host === "127.0.0.1" || host === "::1") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

/** This machine's first address in its network. */
function lanAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address;
}
