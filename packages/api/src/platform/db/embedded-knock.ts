import { resolve } from "node:path";
import pg from "pg";

/** What answers on a port: our server with an open connection to it, or why it cannot be used. */
export type Answer =
  | { kind: "ready"; client: pg.Client }
  | { kind: "starting" | "silent" | "stranger"; reason: string };

/** The cluster's first role. The program itself never works as it: see embedded-owner.ts. */
export const SUPERUSER = "postgres";
/** What it was called in clusters of earlier versions, until they are started by this one. */
export const LEGACY_SUPERUSER = "b24kit";

const STARTING = "57P03";
const TIMEOUT_MS = 3_000;

export function addressOf(port: number, user: string, password: string, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** A query that a healthy server answers at once; rejects when it does not. */
export function ask<T extends pg.QueryResultRow>(
  client: pg.Client,
  text: string,
): Promise<pg.QueryResult<T>> {
  // The types do not know this option of a single query.
  const query: pg.QueryConfig & { query_timeout: number } = { text, query_timeout: TIMEOUT_MS };
  return client.query<T>(query);
}

/**
 * Connects to `port` as the superuser, with the cluster's password, and makes sure that the server runs on `data`.
 */
export async function knock(port: number, password: string, data: string): Promise<Answer> {
  const answer = await knockAs(SUPERUSER, port, password, data);
  return answer.kind === "stranger" ? knockAs(LEGACY_SUPERUSER, port, password, data) : answer;
}

async function knockAs(user: string, port: number, password: string, data: string): Promise<Answer> {
  const client = new pg.Client({
    connectionString: addressOf(port, user, password, "postgres"),
    application_name: "b24kit keeper",
    connectionTimeoutMillis: TIMEOUT_MS,
    keepAlive: true,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await ask<{ data_directory: string }>(client, "SHOW data_directory");
    const served = rows[0]?.data_directory ?? "";
    if (isSamePath(served, data)) return { kind: "ready", client };
    await client.end();
    return { kind: "stranger", reason: "another cluster answers there" };
  } catch (error) {
    await client.end().catch(() => {});
    const { code, message } = error as Error & { code?: string };
    if (code === STARTING) return { kind: "starting", reason: message };
    // A server that answers but refuses our password is not ours.
    if (code?.startsWith("28")) return { kind: "stranger", reason: message };
    return { kind: "silent", reason: message };
  }
}

/** PostgreSQL writes Windows paths with other slashes. */
function isSamePath(a: string, b: string): boolean {
  const [first, second] = [resolve(a), resolve(b)];
  return process.platform === "win32" ? first.toLowerCase() === second.toLowerCase() : first === second;
}

/** Whether an open connection by itself keeps the process from ending. */
export function keepProcessAlive(client: pg.Client, alive: boolean): void {
  // Missing from the types.
  const handle = client as pg.Client & { ref(): void; unref(): void };
  if (alive) handle.ref();
  else handle.unref();
}
