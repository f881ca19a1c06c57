import type { Database } from "../db/database.ts";
import type { Logger } from "../log/logger.ts";
import {
  type BusEvent,
  insertEvent,
  orderEvents,
  type Queryable,
  readEvents,
  readTopic,
  readTrimmedTo,
  trimEvents,
} from "./store.ts";
import type { Wake } from "./wake.ts";
import { listenToPostgres } from "./wake-postgres.ts";

export type { BusEvent } from "./store.ts";

/** Receives an event; what it throws is logged and stops nobody else. */
export type OnEvent = (event: BusEvent) => void;

export interface Bus {
  /** Stores an event. Given a client inside a transaction, it happens exactly if that transaction commits. */
  publish(topic: string, portalId: number | null, data: unknown, client?: Queryable): Promise<void>;
  /** Events of a topic from now on, in order. `portalId` null: those that belong to no portal; `any`: all. Returns the unsubscriber. */
  subscribe(topic: string, portalId: number | null | "any", onEvent: OnEvent): () => void;
  /** `seq` of the newest event: read it before a snapshot, then everything behind it is newer than the snapshot. */
  head(): Promise<number>;
  /** Events of a topic behind `after`, or null where they cannot be told (trimmed, too many, or from another history). */
  since(topic: string, portalId: number | null, after: number): Promise<readonly BusEvent[] | null>;
  /** Reads at once what a lost wake may have left. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

export interface BusOptions {
  readonly db: Database;
  readonly log: Logger;
  /** How other processes wake this one; PostgreSQL's LISTEN by default. */
  readonly wake?: (onWake: () => void) => Promise<Wake>;
  /** Milliseconds between looks that do not wait for a wake. */
  readonly lookEvery?: number;
  /** Seconds for which an event can be resumed from. */
  readonly keepSeconds?: number;
}

const PAGE = 500;
const RESUME_LIMIT = 1_000;
const TRIM_EVERY_MS = 60_000;

interface Subscriber {
  readonly portalId: number | null | "any";
  readonly onEvent: OnEvent;
}

/** Opens this process's end of the bus; it hears what is published from now on. */
export async function openBus(options: BusOptions): Promise<Bus> {
  const { db, log } = options;
  const pool: Queryable = db.pool;
  const topics = new Map<string, Set<Subscriber>>();
  let cursor = await orderEvents(pool);
  let closed = false;

  async function look(): Promise<void> {
    if (closed || (await orderEvents(pool)) <= cursor) return;
    for (;;) {
      const events = await readEvents(pool, cursor, PAGE);
      for (const event of events) deliver(event);
      if (events.length < PAGE || closed) return;
    }
  }

  function deliver(event: BusEvent): void {
    cursor = event.seq;
    for (const { portalId, onEvent } of topics.get(event.topic) ?? []) {
      if (portalId !== "any" && portalId !== event.portalId) continue;
      try {
        onEvent(event);
      } catch (error) {
        log.error({ err: error, topic: event.topic }, "a bus subscriber failed");
      }
    }
  }

  const catchUp = oneAtATime(look);
  const onWake = () => {
    catchUp().catch((error) => log.warn({ err: error }, "the bus could not read; it will look again"));
  };
  const wake = await (options.wake ?? ((fn) => listenToPostgres({ url: db.url, log, onWake: fn })))(onWake);
  const looking = setInterval(onWake, options.lookEvery ?? 5_000);
  const trimming = setInterval(() => {
    trimEvents(pool, options.keepSeconds ?? 3_600).catch((error) =>
      log.warn({ err: error }, "old bus events were not trimmed"),
    );
  }, TRIM_EVERY_MS);
  looking.unref();
  trimming.unref();

  return {
    async publish(topic, portalId, data, client) {
      await insertEvent(client ?? pool, topic, portalId, data);
      wake.tell();
    },
    subscribe(topic, portalId, onEvent) {
      const subscriber = { portalId, onEvent };
      const subscribers = topics.get(topic) ?? new Set();
      topics.set(topic, subscribers.add(subscriber));
      return () => subscribers.delete(subscriber);
    },
    head: () => orderEvents(pool),
    async since(topic, portalId, after) {
      const head = await orderEvents(pool);
      if (after > head) return null;
      const events = await readTopic(pool, topic, portalId, { after, head, limit: RESUME_LIMIT + 1 });
      // Read after the events: a trim in between must not look like silence.
      const complete = after >= (await readTrimmedTo(pool)) && events.length <= RESUME_LIMIT;
      return complete ? events : null;
    },
    catchUp,
    async close() {
      closed = true;
      clearInterval(looking);
      clearInterval(trimming);
      await wake.close();
      await catchUp().catch(() => {});
    },
  };
}

/** Runs `fn` never twice at a time; calls during a run share one run after it. */
function oneAtATime(fn: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  return function run(): Promise<void> {
    if (!running) {
      running = fn().finally(() => {
        running = undefined;
      });
      return running;
    }
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };
}
