import { type Table, tableFromIPC } from "apache-arrow";
import type { Pool } from "pg";
import { type StreamRequest, streamQuery } from "../stream-query.ts";

/** Runs a query to its end. */
export async function collect(
  pool: Pool,
  text: string,
  options: Partial<StreamRequest> = {},
): Promise<Uint8Array> {
  const result = await streamQuery(pool, { text, limits: { statementTimeoutMs: 20_000 }, ...options });
  const bytes = new Uint8Array(await new Response(result.body).arrayBuffer());
  await result.finished;
  return bytes;
}

export async function collectTable(
  pool: Pool,
  text: string,
  options: Partial<StreamRequest> = {},
): Promise<Table> {
  return tableFromIPC(await collect(pool, text, options));
}

export async function collectText(
  pool: Pool,
  text: string,
  options: Partial<StreamRequest> = {},
): Promise<string> {
  return Buffer.from(await collect(pool, text, options)).toString();
}
