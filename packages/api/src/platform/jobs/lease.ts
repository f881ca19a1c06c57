import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";

/** Signs of life in a lease: one may come late, not all. */
const SIGNS = 5;

/** A holder's signs of life. `lose` is called where one cannot be given. */
export function keepLease(client: pg.PoolClient, key: string, leaseMs: number, lose: () => void): () => void {
  const sign = () => {
    client
      .query(
        `INSERT INTO b24kit.jobs_leases (key, pid) VALUES ($1, pg_backend_pid())
         ON CONFLICT (key) DO UPDATE SET pid = excluded.pid, renewed_at = now()`,
        [key],
      )
      .catch(lose);
  };
  sign();
  const timer = setInterval(sign, leaseMs / SIGNS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Ends the connections of a holder that has given no sign of life for a whole lease: the one with the lock, and those
 * that stand in the middle of a write. Answers whether there was one to end.
 */
export async function endSilentHolder(client: pg.PoolClient, key: string, leaseMs: number): Promise<boolean> {
  const { rows } = await client.query<{ ended: boolean }>(
    `SELECT pg_terminate_backend(l.pid) AS ended FROM b24kit.jobs_leases s JOIN pg_locks l ON l.pid = s.pid
     WHERE s.key = $1 AND s.renewed_at < now() - $2 * interval '1 ms' AND l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1, 24)`,
    [key, leaseMs],
  );
  if (!rows.some(({ ended }) => ended)) return false;
  // Whoever checks a claim in a transaction has locked a row of it, and is not to stay there for so long.
  await client.query(
    `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
     WHERE a.datname = current_database() AND a.usename = current_user AND a.wait_event = 'ClientRead'
       AND a.xact_start < now() - $1 * interval '1 ms'
       AND l.locktype = 'relation' AND l.relation = 'b24kit.jobs_claims'::regclass AND l.mode = 'RowShareLock'`,
    [leaseMs],
  );
  return true;
}

/** Tries until the lock of an ended connection is free; that takes the server a moment. */
export async function tryFor(attempt: () => Promise<boolean>, times = 20, pauseMs = 50): Promise<boolean> {
  for (let left = times; left > 0; left--) {
    if (await attempt()) return true;
    await delay(pauseMs);
  }
  return false;
}
