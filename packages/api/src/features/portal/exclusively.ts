import type pg from "pg";
import type { Database } from "../../platform/db/database.ts";

/**
 * Runs `fn` while no other process runs one under the same key; others wait. The lock is the connection's: a process
 * that is killed gives it back. Statements of `fn` on `client` are each their own transaction.
 */
export async function exclusively<T>(
  db: Database,
  key: string,
  fn: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await db.connect();
  let broken = false;
  try {
    await client.query("SELECT pg_advisory_lock(hashtextextended($1, 24))", [key]);
    const result = await fn(client);
    return result;
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 24))", [key]).catch(() => {
      broken = true;
    });
    client.release(broken);
  }
}
