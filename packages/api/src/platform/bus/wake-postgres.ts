import pg from "pg";
import type { Logger } from "../log/logger.ts";
import type { Wake } from "./wake.ts";

export interface ListenOptions {
  readonly url: string;
  readonly log: Logger;
  readonly onWake: () => void;
  /** Milliseconds before the first and the longest pause between tries to connect again. */
  readonly pause?: { first: number; longest: number };
}

const CHANNEL = "b24kit_bus";
const HEARTBEAT_MS = 30_000;

/**
 * Holds one connection that LISTENs. When it breaks it is opened again with growing pauses, and a wake follows,
 * since what was notified meanwhile was heard by nobody.
 */
export async function listenToPostgres(options: ListenOptions): Promise<Wake> {
  const { first, longest } = options.pause ?? { first: 100, longest: 5_000 };
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: options.url,
      application_name: "b24kit bus",
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    });
    fresh.on("error", () => {});
    fresh.on("notification", options.onWake);
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      await fresh.end().catch(() => {});
      throw error;
    }
    if (closed) return fresh.end();
    client = fresh;
    // `end` comes after every loss, also after a failed heartbeat.
    fresh.once("end", () => {
      client = undefined;
      if (!closed) reconnect(first);
    });
    options.onWake();
  }

  function reconnect(pause: number): void {
    retry = setTimeout(() => {
      connect().catch((error: Error) => {
        options.log.warn({ reason: error.message }, "the bus cannot listen to PostgreSQL; trying again");
        if (!closed) reconnect(Math.min(pause * 2, longest));
      });
    }, pause);
    retry.unref();
  }

  // A connection that died without a word is noticed only by asking.
  const heartbeat = setInterval(() => {
    const asked = client;
    asked?.query("SELECT 1").catch(() => asked.end().catch(() => {}));
  }, HEARTBEAT_MS);
  heartbeat.unref();

  await connect();
  return {
    tell() {}, // The table's trigger notifies with the commit.
    async close() {
      closed = true;
      clearInterval(heartbeat);
      clearTimeout(retry);
      await client?.end();
    },
  };
}
