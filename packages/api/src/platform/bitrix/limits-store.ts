import type pg from "pg";
import type { BucketPolicy } from "./bucket.ts";
import type { Measurement } from "./ledger.ts";
import type { LimiterState, OperatingMode } from "./limiter.ts";
import type { Attempt } from "./queue.ts";

/** `now` null: the database's own clock. */
export interface Scope {
  portalId: number;
  credential: string;
  now: Date | null;
}

export interface Asked extends Scope {
  /** Commands by ledger entry. */
  keys: Record<string, number>;
  ceiling: number;
  drain: number;
  /** Seconds that we use, and those at which the portal refuses. */
  budget: number;
  limit: number;
}

/** One try at both limits, decided by one statement under the lock of the portal's bucket. */
export async function tryAcquire(pool: pg.Pool, asked: Asked): Promise<Attempt> {
  const { rows } = await pool.query<{ granted: boolean; wait_ms: number; reason: Attempt["reason"] }>(
    "SELECT granted, wait_ms, reason FROM b24kit.bitrix_acquire($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    [
      asked.portalId,
      asked.credential,
      Object.keys(asked.keys),
      Object.values(asked.keys),
      asked.ceiling,
      asked.drain,
      asked.budget,
      asked.limit,
      asked.now,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error("bitrix_acquire gave no row");
  return { granted: row.granted, waitMs: row.wait_ms, reason: row.reason };
}

/** Keeps where the portal books the time of batches. */
export async function updateMode(pool: pg.Pool, portalId: number, mode: OperatingMode): Promise<void> {
  await pool.query("UPDATE b24kit.bitrix_buckets SET mode = $2 WHERE portal_id = $1", [portalId, mode]);
}

/** Books what the portal said of each method; a number older than the known one is not taken. */
export async function settleMethods(
  pool: pg.Pool,
  scope: Scope & { measured: Record<string, Measurement> },
): Promise<void> {
  const entries = Object.entries(scope.measured);
  const column = <T>(pick: (measured: Measurement) => T) => entries.map(([, measured]) => pick(measured));
  // Rows are locked in the order in which acquiring takes them: two processes cannot lock each other out.
  await pool.query(
    `WITH asked AS (
       SELECT m.*, coalesce($3::timestamptz, clock_timestamp()) AS moment
         FROM unnest($4::text[], $5::int[], $6::float8[], $7::float8[], $8::float8[], $9::float8[])
                AS m (method, commands, seconds, operating, measured_ms, reset_ms)),
     locked AS (
       SELECT method, measured_at FROM b24kit.bitrix_operating
        WHERE portal_id = $1 AND credential = $2 AND method = ANY($4::text[])
        ORDER BY method COLLATE "C" FOR UPDATE),
     news AS (
       SELECT asked.*, operating IS NOT NULL AND to_timestamp(measured_ms / 1000) >= measured_at AS fresh
         FROM asked JOIN locked USING (method))
     UPDATE b24kit.bitrix_operating o SET
       in_flight = greatest(0, o.in_flight - n.commands),
       in_flight_before = greatest(0, o.in_flight_before - greatest(0, n.commands - o.in_flight)),
       cost = CASE WHEN n.seconds IS NULL THEN o.cost WHEN o.cost = 0 THEN n.seconds
                   ELSE o.cost + 0.3 * (n.seconds - o.cost) END,
       operating = CASE WHEN n.fresh THEN n.operating ELSE o.operating END,
       measured_at = CASE WHEN n.fresh THEN to_timestamp(n.measured_ms / 1000) ELSE o.measured_at END,
       reset_at = CASE WHEN n.fresh THEN n.moment + n.reset_ms * interval '1 ms' ELSE o.reset_at END
     FROM news n
     WHERE o.portal_id = $1 AND o.credential = $2 AND o.method = n.method`,
    [
      scope.portalId,
      scope.credential,
      scope.now,
      entries.map(([name]) => name),
      column((measured) => measured.commands),
      column((measured) => measured.seconds ?? null),
      column((measured) => measured.operating ?? null),
      column((measured) => measured.measuredAt ?? 0),
      column((measured) => measured.resetInMs ?? 600_000),
    ],
  );
}

/** After a refusal: counts the bucket as full and halves our rate; refusals within 2 s are one. */
export async function fillBucket(
  pool: pg.Pool,
  at: { portalId: number; plan: BucketPolicy; now: Date | null },
): Promise<void> {
  await pool.query(
    `UPDATE b24kit.bitrix_buckets b SET
       level = greatest(leaked.level, $2),
       rate = CASE WHEN leaked.updated_at - leaked.refused_at < interval '2 s' THEN leaked.rate
                   ELSE greatest(0.25, leaked.rate / 2) END,
       updated_at = leaked.updated_at, refused_at = leaked.updated_at
     FROM b24kit.bitrix_leak($1, $3, $4) leaked
     WHERE b.portal_id = leaked.portal_id`,
    [at.portalId, at.plan.capacity, at.plan.drain, at.now],
  );
}

/** Holds a method until its reset, as far as it is known, else for a minute. */
export async function parkMethod(
  pool: pg.Pool,
  scope: Scope & { method: string; until: Date | null },
): Promise<void> {
  await pool.query(
    `INSERT INTO b24kit.bitrix_operating AS o (portal_id, credential, method, parked_until)
       SELECT $1, $2, $3, CASE WHEN $4::timestamptz > moment THEN $4::timestamptz ELSE moment + interval '60 s' END + interval '1 s'
         FROM (SELECT coalesce($5::timestamptz, clock_timestamp()) AS moment) c
     ON CONFLICT (portal_id, credential, method) DO UPDATE SET parked_until =
       CASE WHEN $4::timestamptz IS NULL AND o.reset_at > coalesce($5::timestamptz, clock_timestamp())
            THEN o.reset_at + interval '1 s' ELSE excluded.parked_until END`,
    [scope.portalId, scope.credential, scope.method, scope.until, scope.now],
  );
}

interface StateRow {
  method: string;
  operating: number;
  in_flight: number;
  parked_ms: number | null;
}

export async function selectState(
  pool: pg.Pool,
  at: Scope & { plan: BucketPolicy },
): Promise<Omit<LimiterState, "capacity" | "budget">> {
  const bucket = await pool.query<{ level: number; rate: number; mode: OperatingMode }>(
    "SELECT level, rate, mode FROM b24kit.bitrix_leak($1, $2, $3)",
    [at.portalId, at.plan.drain, at.now],
  );
  const methods = await pool.query<StateRow>(
    `SELECT method,
            CASE WHEN coalesce($3::timestamptz, clock_timestamp()) > reset_at + interval '600 s' THEN 0 ELSE operating END AS operating,
            in_flight + in_flight_before AS in_flight, CASE WHEN parked_until > coalesce($3::timestamptz, clock_timestamp())
            THEN extract(epoch FROM parked_until)::float8 * 1000 END AS parked_ms
       FROM b24kit.bitrix_operating WHERE portal_id = $1 AND credential = $2`,
    [at.portalId, at.credential, at.now],
  );
  const { level = 0, rate = at.plan.drain, mode = "unknown" } = bucket.rows[0] ?? {};
  return {
    level,
    rate,
    mode,
    methods: Object.fromEntries(
      methods.rows.map((row) => [
        row.method,
        { operating: row.operating, inFlight: row.in_flight, parkedUntil: row.parked_ms },
      ]),
    ),
  };
}
