import { SCHEMA_METADATA } from "@b24kit/client/contract";
import type { Pool } from "pg";
import type { Encoding } from "../arrow/encoder.ts";
import { type ArrowResult, streamQuery } from "../arrow/stream-query.ts";
import type { QueryDefinition, QueryPortal } from "./definition.ts";
import type { QueryRequest } from "./read-request.ts";

export interface RunQuery {
  readonly pool: Pool;
  readonly definition: QueryDefinition;
  readonly request: QueryRequest;
  readonly portal: QueryPortal;
  readonly encoding: Encoding;
  readonly statementTimeoutMs: number;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** Builds the statement and starts it. @throws AppError what the definition throws, and what `streamQuery` throws */
export async function runQuery(run: RunQuery): Promise<ArrowResult> {
  const { definition, portal, request } = run;
  const statement = await definition.build({ portal, ...request });
  return untilStarted(run.signal, (signal) =>
    streamQuery(run.pool, {
      text: statement.text,
      values: statement.values,
      columns: statement.columns,
      metadata: {
        [SCHEMA_METADATA.query]: definition.name,
        [SCHEMA_METADATA.title]: JSON.stringify(definition.title),
        [SCHEMA_METADATA.portal]: portal.url,
        [SCHEMA_METADATA.asOf]: (statement.asOf ?? run.now).toISOString(),
        [SCHEMA_METADATA.limit]: String(request.limit),
        ...(statement.language && { [SCHEMA_METADATA.language]: statement.language }),
      },
      limits: { statementTimeoutMs: run.statementTimeoutMs },
      signal,
      encoding: run.encoding,
    }),
  );
}

/**
 * Lets a client's leaving reach the query only until there is a body: from then on the server cancels the body, and
 * an error of the signal's on top would be reported as a fault.
 */
async function untilStarted<T>(client: AbortSignal, start: (signal: AbortSignal) => Promise<T>): Promise<T> {
  client.throwIfAborted();
  const left = new AbortController();
  const leave = () => left.abort(client.reason);
  client.addEventListener("abort", leave, { once: true });
  try {
    return await start(left.signal);
  } finally {
    client.removeEventListener("abort", leave);
  }
}
