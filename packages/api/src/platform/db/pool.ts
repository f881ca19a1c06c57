import pg from "pg";
import type { Log } from "./log.ts";

/**
 * A pool whose connections may break at any moment, idle or held. Node ends a process for an `error` that nobody
 * listens to; whoever uses a broken connection hears of it from the statement, and the pool keeps none of them.
 */
export function createPool(options: pg.PoolConfig, log: Log): pg.Pool {
  const pool = new pg.Pool({ idleTimeoutMillis: 30_000, ...options });
  pool.on("error", (error) => log.warn({ reason: error.message }, "an idle database connection broke"));
  pool.on("connect", (client) => {
    client.on("error", () => {});
  });
  return pool;
}
