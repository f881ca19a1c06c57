import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { awaitServer } from "./await-server.ts";
import { type Log, silentLog } from "./log.ts";
import { createPool } from "./pool.ts";

/** The one store: a pool of connections and the few ways to use it. */
export interface Database {
  readonly pool: pg.Pool;
  /** Connection address, password included: never to be logged. */
  readonly url: string;
  /** One connection for as long as the caller needs it; the caller releases it. */
  connect(): Promise<pg.PoolClient>;
  /** Runs `fn` between BEGIN and COMMIT; what it throws rolls back and is thrown on. */
  transaction<T>(fn: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** Waits for connections in use, then closes all. */
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  url: string;
  /** Most connections at a time; 10 by default. */
  max?: number;
  log?: Log;
  /** Shown in pg_stat_activity; `b24kit` by default. */
  applicationName?: string;
  sleep?: (ms: number) => Promise<unknown>;
}

/**
 * Opens a pool on the server at `url` once it answers: 30 tries, 2 s apart.
 * Throws DatabaseUnavailable when it does not, or at once when trying again cannot help.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const { url, log = silentLog, sleep = delay } = options;
  await awaitServer({ url, log, sleep });
  const pool = createPool(
    {
      connectionString: url,
      max: options.max ?? 10,
      application_name: options.applicationName ?? "b24kit",
      connectionTimeoutMillis: 15_000,
      keepAlive: true,
    },
    log,
  );
  return {
    pool,
    url,
    connect: () => pool.connect(),
    transaction: (fn) => runInTransaction(pool, fn),
    close: closeOnce(pool),
  };
}

async function runInTransaction<T>(pool: pg.Pool, fn: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await fn(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((reason: Error) => {
      broken = reason;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

function closeOnce(pool: pg.Pool): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= pool.end();
    return closing;
  };
}
