import type { Redis } from "ioredis";
import type { Logger } from "../log/logger.ts";
import type { Wake } from "./wake.ts";

const CHANNEL = "b24kit:bus";
/** A wake may run ahead of the commit of the transaction that published; this one comes behind it. */
const SECOND_WAKE_MS = 150;

/**
 * Wakes by Redis pub/sub, for installations whose PostgreSQL connections cannot LISTEN (a transaction pooler).
 * While Redis is away events still arrive by the bus's own looks, only later.
 */
export async function listenToRedis(options: {
  url: string;
  log: Logger;
  onWake: () => void;
}): Promise<Wake> {
  const { Redis: Connection } = await import("ioredis");
  const open = (): Redis => {
    const redis = new Connection(options.url, {
      maxRetriesPerRequest: null,
      disconnectTimeout: 200,
      retryStrategy: (times) => Math.min(times * 200, 5_000),
    });
    redis.on("error", (error: Error) =>
      options.log.warn({ reason: error.message }, "Redis does not answer; the bus looks by itself"),
    );
    return redis;
  };
  const listener = open();
  const teller = open();
  const timers = new Set<NodeJS.Timeout>();
  listener.on("message", options.onWake);
  listener.on("ready", options.onWake);
  // Queued until Redis is there; nothing waits for it.
  listener.subscribe(CHANNEL).catch(() => {});

  const send = () => {
    if (teller.status === "ready") teller.publish(CHANNEL, "").catch(() => {});
  };
  return {
    tell() {
      send();
      const timer = setTimeout(() => {
        timers.delete(timer);
        send();
      }, SECOND_WAKE_MS);
      timers.add(timer);
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      listener.disconnect();
      teller.disconnect();
    },
  };
}
