import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { locateBinaries } from "./embedded-binaries.ts";
import { ensureCluster } from "./embedded-cluster.ts";
import { runnableBinaries } from "./embedded-copy.ts";
import { EmbeddedFailure, REMEDY } from "./embedded-failure.ts";
import { addressOf, ask, keepProcessAlive, SUPERUSER } from "./embedded-knock.ts";
import { DATABASE, ensureOwner, OWNER } from "./embedded-owner.ts";
import { choosePlace } from "./embedded-place.ts";
import { type Cluster, ensureServer, type RunningServer } from "./embedded-server.ts";
import { stopServer } from "./embedded-stop.ts";
import { type Log, silentLog } from "./log.ts";

export interface EmbeddedOptions {
  /** The installation's folder; the database lies in its `postgres/`. */
  dataDir: string;
  log?: Log;
  /** Further server settings, such as `fsync: "off"` for tests. */
  settings?: Record<string, string>;
  /** Where root keeps what an unprivileged user must reach. */
  systemDir?: string;
  /** How long a server may be alive and give no answer before it is stopped; 10,000 ms by default. */
  patience?: number;
}

export interface Embedded {
  /** Address of the database for the ordinary role that owns it, password included. */
  readonly url: string;
  /** The same for the superuser: for tests, which make databases. The program has no use for it. */
  readonly adminUrl: string;
  /** Process number of the server at this moment. */
  pid(): number;
  /** Folder of the cluster, its password and its log. */
  readonly home: string;
  /** True when the server ran before this call. */
  readonly adopted: boolean;
  /** Lets go of the server, and shuts it down when no other process uses it. */
  stop(): Promise<void>;
}

/** Advisory lock that every process using the server holds, shared: who gets it alone is the last one. */
const LEASE = 24_001;

/**
 * Starts PostgreSQL from npm's binaries on DATA_DIR, or adopts the server that runs there, and watches over it: a
 * server that dies is started again at the same address. Throws EmbeddedFailure with the reason and what helps.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  try {
    return await start(options);
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (!syscall || error instanceof EmbeddedFailure) throw error;
    throw new EmbeddedFailure(
      `The embedded PostgreSQL cannot use ${options.dataDir}: ${message}. Set DATA_DIR to a folder that can be written. ${REMEDY}.`,
    );
  }
}

async function start(options: EmbeddedOptions): Promise<Embedded> {
  const {
    dataDir,
    log = silentLog,
    settings = {},
    systemDir = "/var/lib/b24kit",
    patience = 10_000,
  } = options;
  const place = await choosePlace(dataDir, systemDir);
  const binaries = await runnableBinaries(await locateBinaries(), place.identity !== undefined, systemDir);
  const password = await ensureCluster(place, binaries);
  const cluster: Cluster = { place, binaries, password, settings, patience };
  const portFile = join(place.home, "port");
  const lastPort = Number(await readFile(portFile, "utf8").catch(() => "")) || undefined;
  let server = await hold(cluster, lastPort, log);
  const ownersPassword = await ensureOwner(cluster, server);
  if (server.port !== lastPort) await writeFile(portFile, `${server.port}\n`, { mode: 0o600 });
  const { port, adopted } = server;
  log.info({ home: place.home, port, adopted, version: binaries.version }, "embedded PostgreSQL is ready");

  let stopping = false;
  let reviving: Promise<void> = Promise.resolve();
  watch();

  function watch(): void {
    keepProcessAlive(server.client, false);
    server.client.once("end", () => {
      if (!stopping) reviving = revive();
    });
  }
  async function revive(): Promise<void> {
    log.warn({ pid: server.pid }, "the embedded PostgreSQL ended; starting it again");
    try {
      server = await hold(cluster, port, log);
      if (server.port !== port)
        log.error({ port }, "the embedded PostgreSQL came back at another port: restart b24kit");
      watch();
    } catch (error) {
      log.error({ reason: (error as Error).message }, "the embedded PostgreSQL could not be started again");
    }
  }
  async function stop(): Promise<void> {
    stopping = true;
    await reviving;
    const { client, pid } = server;
    keepProcessAlive(client, true);
    const last = await isLast(client);
    if (last) await stopServer(pid, place.data, binaries, "fast");
    await client.end().catch(() => {});
    log.info(
      { port, stopped: last },
      last ? "embedded PostgreSQL stopped" : "embedded PostgreSQL left to its other users",
    );
  }
  let stopped: Promise<void> | undefined;
  return {
    url: addressOf(port, OWNER, ownersPassword, DATABASE),
    adminUrl: addressOf(port, SUPERUSER, password, DATABASE),
    home: place.home,
    pid: () => server.pid,
    adopted,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** A running server with our lease on it. A server that goes down between the two is started again. */
async function hold(cluster: Cluster, port: number | undefined, log: Log): Promise<RunningServer> {
  for (;;) {
    const server = await ensureServer(cluster, port, log);
    try {
      await server.client.query(`SELECT pg_advisory_lock_shared(${LEASE})`);
      return server;
    } catch {
      await server.client.end().catch(() => {});
    }
  }
}

/** Gives up the lease; true when nobody else holds one. A server that does not answer any more needs no stopping. */
async function isLast(client: pg.Client): Promise<boolean> {
  try {
    await ask(client, `SELECT pg_advisory_unlock_shared(${LEASE})`);
    const { rows } = await ask<{ last: boolean }>(client, `SELECT pg_try_advisory_lock(${LEASE}) AS last`);
    return rows[0]?.last ?? false;
  } catch {
    return false;
  }
}
