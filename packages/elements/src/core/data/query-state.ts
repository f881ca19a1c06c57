import type { Table } from "@uwdata/flechette";
import type { Failure } from "../errors/failure.ts";

/** What an element that draws a query has to show. Times are epoch ms. */
export type QueryState =
  /** Neither a query nor data was given. */
  | { kind: "idle" }
  | { kind: "loading" }
  /** First batches are here, more follow. */
  | { kind: "partial"; table: Table }
  | { kind: "ready"; table: Table; asOf: number; refreshing: boolean }
  /** The last refresh failed; the rows are those of `asOf`. */
  | { kind: "stale"; table: Table; asOf: number; failure: Failure; refreshing: boolean }
  | { kind: "failed"; failure: Failure };

/** The rows to draw, where the state has any. */
export function tableOf(state: QueryState): Table | undefined {
  return "table" in state ? state.table : undefined;
}
