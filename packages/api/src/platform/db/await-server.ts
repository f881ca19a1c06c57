import pg from "pg";
import { DatabaseUnavailable } from "./database-unavailable.ts";
import type { Log } from "./log.ts";

const TRIES = 30;
const PAUSE_MS = 2_000;

/** SQLSTATE classes and codes that waiting does not cure: wrong role or password, no such database, no right. */
const FINAL_CODES = /^(28|3D000|42501|0A000)/;

interface AwaitServerOptions {
  url: string;
  log: Log;
  sleep: (ms: number) => Promise<unknown>;
}

/** Resolves when the server at `url` takes a connection. */
export async function awaitServer({ url, log, sleep }: AwaitServerOptions): Promise<void> {
  const place = describeAddress(url);
  for (let attempt = 1; ; attempt += 1) {
    const failure = await tryConnect(url);
    if (!failure) return;
    const reason = describeFailure(failure);
    if (FINAL_CODES.test(failure.code ?? "")) {
      throw new DatabaseUnavailable(
        `PostgreSQL at ${place} refused the connection: ${reason}. Check DATABASE_URL.`,
      );
    }
    if (attempt >= TRIES) {
      throw new DatabaseUnavailable(
        `PostgreSQL at ${place} did not answer in ${TRIES} tries: ${reason}. Check that it runs and that DATABASE_URL is right.`,
      );
    }
    log.warn({ attempt, of: TRIES, database: place, reason }, "PostgreSQL does not answer yet");
    await sleep(PAUSE_MS);
  }
}

/** `host:port/database` of an address, for people: never the user's password. */
export function describeAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) return "the address in DATABASE_URL";
  const host = parsed.hostname || parsed.searchParams.get("host") || "localhost";
  return `${host}:${parsed.port || 5432}${parsed.pathname}`;
}

type ConnectFailure = Error & { code?: string; errors?: Error[] };

async function tryConnect(url: string): Promise<ConnectFailure | undefined> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on("error", () => {});
    await client.connect();
    return undefined;
  } catch (error) {
    return error as ConnectFailure;
  } finally {
    await client?.end().catch(() => {});
  }
}

/** Node reports a name with several addresses as an AggregateError with an empty message. */
function describeFailure(failure: ConnectFailure): string {
  return (
    failure.message || failure.errors?.map((e) => e.message).join("; ") || failure.code || "no reason given"
  );
}
