import type pg from "pg";
import type { Database } from "../db/database.ts";
import { endSilentHolder, keepLease, tryFor } from "./lease.ts";

/** Exclusive work on a key, held as long as this process and its connection live. */
export interface Claim {
  readonly key: string;
  /** Larger than that of every earlier claim of the key. */
  readonly fence: number;
  /** Aborts when the claim may be lost: its connection broke. Stop writing then. */
  readonly signal: AbortSignal;
}

export type Claimed<T> = { readonly claimed: true; readonly result: T } | { readonly claimed: false };

/** Thrown inside a transaction whose claim was taken over by another process. */
export class ClaimLost extends Error {
  override readonly name = "ClaimLost";
}

export interface ClaimOptions {
  /** A holder that gives no sign of life for so long (a stopped process) loses the claim to the next who asks. */
  readonly leaseMs?: number;
}

const LEASE_MS = 15_000;

/**
 * Runs `fn` if nobody else holds the key, else answers `claimed: false` at once. The lock is a session advisory lock
 * on a connection of its own: a killed process loses it with its connection, a stopped one after a lease.
 */
export async function withClaim<T>(
  db: Database,
  key: string,
  fn: (claim: Claim) => Promise<T>,
  { leaseMs = LEASE_MS }: ClaimOptions = {},
): Promise<Claimed<T>> {
  const client = await db.connect();
  const lost = new AbortController();
  const lose = () => lost.abort(new ClaimLost(`The connection that held the claim "${key}" broke.`));
  client.on("error", lose);
  let leave = () => {};
  try {
    if (!(await tryLock(client, key))) {
      const taken =
        (await endSilentHolder(client, key, leaseMs)) && (await tryFor(() => tryLock(client, key)));
      if (!taken) return { claimed: false };
    }
    const fence = await nextFence(client, key);
    leave = keepLease(client, key, leaseMs, lose);
    const result = await fn({ key, fence, signal: lost.signal });
    return { claimed: true, result };
  } finally {
    leave();
    await unlock(client, key, lost.signal.aborted);
    client.off("error", lose);
  }
}

/**
 * Keeps a taken-over process from writing: call it in the transaction that writes.
 * @throws ClaimLost when a newer claim of the key exists.
 */
export async function requireClaim(client: pg.PoolClient, claim: Claim): Promise<void> {
  if (claim.signal.aborted) throw claim.signal.reason;
  const text = "SELECT fence FROM b24kit.jobs_claims WHERE key = $1 FOR SHARE";
  const { rows } = await client.query<{ fence: string }>(text, [claim.key]);
  if (Number(rows[0]?.fence) !== claim.fence) throw new ClaimLost(`The claim "${claim.key}" was taken over.`);
}

async function tryLock(client: pg.PoolClient, key: string): Promise<boolean> {
  const text = "SELECT pg_try_advisory_lock(hashtextextended($1, 24)) AS locked";
  const { rows } = await client.query<{ locked: boolean }>(text, [key]);
  return rows[0]!.locked;
}

async function nextFence(client: pg.PoolClient, key: string): Promise<number> {
  const text = `INSERT INTO b24kit.jobs_claims (key, fence) VALUES ($1, 1)
    ON CONFLICT (key) DO UPDATE SET fence = jobs_claims.fence + 1, claimed_at = now() RETURNING fence`;
  const { rows } = await client.query<{ fence: string }>(text, [key]);
  return Number(rows[0]!.fence);
}

/** A connection whose lock cannot be given back is closed: the lock goes with it. */
async function unlock(client: pg.PoolClient, key: string, broken: boolean): Promise<void> {
  if (broken) return client.release(true);
  try {
    await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 24))", [key]);
    client.release();
  } catch {
    client.release(true);
  }
}
