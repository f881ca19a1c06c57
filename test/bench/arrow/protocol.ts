/** Messages between the bench and its two processes per variant. */

export type VariantName = "a" | "a2" | "a3" | "c1" | "f3" | "h3";

export const VARIANTS: Record<VariantName, string> = {
  a: "pg rows -> JSON.stringify -> JSON.parse",
  a2: "json_agg in PostgreSQL, passed through",
  a3: "pg rows as arrays, type parsers off -> JSON",
  c1: "cursor, 10,000 rows at a time -> Arrow builders",
  f3: "floor: binary rows read and thrown away",
  h3: "b24kit: GET /api/v1/queries/bench through Hono",
};

/** What the client process is to do. */
export interface ClientTask {
  readonly url: string;
  readonly variant: VariantName;
  /** Milliseconds to wait after each chunk. */
  readonly pauseMs?: number;
  /** Compress and decode the body once more, apart from the run. */
  readonly inspect?: boolean;
}

export interface ClientReport {
  readonly wallMs: number;
  /** From the request to the first rows that could be drawn. */
  readonly firstMs: number;
  readonly cpuMs: number;
  readonly bytes: number;
  /** Sum of all amounts in cents, and rows: the same for all variants. */
  readonly cents: number;
  readonly rows: number;
  readonly gzipBytes?: number;
  readonly decodeMs?: number;
}

export interface ServerUsage {
  readonly cpuMs: number;
  readonly baseRssMb: number;
  readonly peakRssMb: number;
}

/** Columns of the table that is read; the aggregate is the sum of `opportunity` by `stage_id`. */
export const COLUMNS = "id, stage_id, opportunity, assigned_by_id, date_create, closed";

export const selectRows = `SELECT ${COLUMNS} FROM bench_deals LIMIT $1`;
