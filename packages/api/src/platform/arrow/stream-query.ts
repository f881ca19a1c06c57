import type { Schema } from "apache-arrow";
import type { Pool } from "pg";
import type { AppError } from "../http/app-error.ts";
import type { ColumnInfo } from "./column-plan.ts";
import type { Encoding } from "./encoder.ts";
import { databaseUnavailable } from "./query-error.ts";
import { QueryStream } from "./query-stream.ts";
import type { ParameterValue } from "./text-parameter.ts";

export interface StreamRequest {
  readonly text: string;
  readonly values?: readonly ParameterValue[];
  /** Meaning of the columns, found by name; columns that are not named travel without it. */
  readonly columns?: readonly ColumnInfo[];
  /** Metadata of the Arrow schema. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly limits: {
    /** PostgreSQL stops the statement after this. */
    readonly statementTimeoutMs: number;
    /** A reader that takes nothing for so long is given up, so that it cannot hold a connection. Default 60 s. */
    readonly stallTimeoutMs?: number;
    /** The server sends no more rows than these; all of them where absent. */
    readonly maxRows?: number;
    /** Further settings of the transaction, e.g. `{ TimeZone: "Europe/Moscow" }`. */
    readonly settings?: Readonly<Record<string, string>>;
  };
  readonly signal?: AbortSignal;
  /** Arrow by default. */
  readonly encoding?: Encoding;
}

/** What a finished stream was, for the log. */
export interface StreamSummary {
  readonly outcome: "completed" | "cancelled" | "failed";
  readonly rows: number;
  /** There were more rows than `maxRows`. */
  readonly truncated: boolean;
  readonly batches: number;
  readonly bytes: number;
  readonly error: AppError | null;
}

export interface ArrowResult {
  readonly schema: Schema;
  /** The encoded rows. Errors if the result could not be read to its end; cancel it to stop the query. */
  readonly body: ReadableStream<Uint8Array>;
  /** Resolves when the connection is back in its pool; never rejects. */
  readonly finished: Promise<StreamSummary>;
}

/**
 * Runs a read in a READ ONLY transaction of its own and streams its rows, encoded. Resolves with the first batch
 * (or the end, where that comes earlier).
 * @throws AppError before the first byte: query_timeout, database_unavailable, internal (the SQL was refused)
 */
export async function streamQuery(pool: Pool, request: StreamRequest): Promise<ArrowResult> {
  request.signal?.throwIfAborted();
  const client = await pool.connect().catch((error: unknown) => {
    throw databaseUnavailable(error);
  });
  if (request.signal?.aborted) {
    client.release();
    throw request.signal.reason;
  }
  return new QueryStream(client, request).result();
}
