import pg from "pg";
import type { Mirror } from "../mirror.ts";
import type { Queryable } from "./queryable.ts";

const quote = pg.escapeIdentifier;

/** A range of ids (`lo` exclusive) and how many records the mirror shows in it. */
export interface CountedRange {
  readonly lo: number;
  readonly hi: number;
  readonly rows: number;
}

/** Cuts what the mirror shows into adjoining ranges of about the same number of records, from zero to the highest id. */
export async function selectRanges(
  db: Queryable,
  { schema, descriptor }: Mirror,
  count: number,
): Promise<CountedRange[]> {
  const { rows } = await db.query<{ hi: string; rows: string }>(
    `SELECT max(id) AS hi, count(*) AS rows FROM (
       SELECT id, ntile($1) OVER (ORDER BY id) AS tile FROM ${quote(schema)}.${quote(descriptor.table)} WHERE _deleted_at IS NULL) t
     GROUP BY tile ORDER BY tile`,
    [count],
  );
  const ends = rows.map(({ hi }) => Number(hi));
  return rows.map((row, at) => ({ lo: ends[at - 1] ?? 0, hi: ends[at]!, rows: Number(row.rows) }));
}

/** Ids that the mirror shows in a range, ascending. */
export async function selectIds(
  db: Queryable,
  { schema, descriptor }: Mirror,
  { lo, hi }: { lo: number; hi: number },
): Promise<number[]> {
  // One text instead of a row for each id: there may be a million.
  const { rows } = await db.query<{ ids: string | null }>(
    `SELECT string_agg(id::text, ',' ORDER BY id) AS ids FROM ${quote(schema)}.${quote(descriptor.table)}
     WHERE id > $1 AND id <= $2 AND _deleted_at IS NULL`,
    [lo, hi],
  );
  return rows[0]?.ids ? rows[0].ids.split(",").map(Number) : [];
}

/** Notes records of the mirror that the portal does not list. */
export async function noteMissing(
  db: Queryable,
  runId: number,
  ids: readonly number[],
  readAt: Date,
): Promise<void> {
  await db.query(
    "INSERT INTO b24kit.sync_missing (run_id, id, read_at) SELECT $1, id, $3 FROM unnest($2::bigint[]) AS id ON CONFLICT DO NOTHING",
    [runId, ids, readAt],
  );
}

/** What a comparison that was broken off has left behind. */
export async function clearComparison(db: Queryable, runId: number): Promise<void> {
  await db.query("DELETE FROM b24kit.sync_missing WHERE run_id = $1", [runId]);
  await db.query("DELETE FROM b24kit.sync_partitions WHERE run_id = $1", [runId]);
}

/** Offset of the portal's own time as it was when a run was last planned. */
export async function selectOffset(db: Queryable, portalId: number, entity: string): Promise<number> {
  const { rows } = await db.query<{ offset: number }>(
    `SELECT portal_offset_minutes AS offset FROM b24kit.sync_runs
     WHERE portal_id = $1 AND entity = $2 AND window_to IS NOT NULL AND type <> 'reconcile' ORDER BY id DESC LIMIT 1`,
    [portalId, entity],
  );
  return rows[0]?.offset ?? 0;
}
