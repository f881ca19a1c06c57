import { randomUUID } from "node:crypto";
import PgBoss from "pg-boss";
import type { z } from "zod";
import type { Bus } from "../bus/bus.ts";
import type { Queryable } from "../bus/store.ts";
import type { Database } from "../db/database.ts";
import type { Logger } from "../log/logger.ts";
import type { Queue } from "./queue.ts";
import { startWorker, type Worker } from "./worker.ts";

export interface JobContext {
  readonly id: string;
  /** Aborts when the process stops: leave the work where it can be continued, then throw or return. */
  readonly signal: AbortSignal;
}

export type JobHandler<S extends z.ZodObject> = (data: z.output<S>, context: JobContext) => Promise<void>;

export interface SendOptions {
  /** The client of a transaction: the job exists exactly if it commits. */
  readonly client?: Queryable;
  /** While a job with this key waits in the queue, no second one is added. */
  readonly key?: string;
  readonly startAfter?: Date;
}

export interface Jobs {
  /** Names the code that works on a queue; call it before `start`. */
  define<S extends z.ZodObject>(queue: Queue<S>, handler: JobHandler<S>): void;
  /** Adds a job; answers its id, or null where `key` found one waiting. */
  send<S extends z.ZodObject>(
    queue: Queue<S>,
    data: z.input<S>,
    options?: SendOptions,
  ): Promise<string | null>;
  /** Adds a job whenever the cron expression fits (minutes at the finest), once for all processes. */
  schedule<S extends z.ZodObject>(
    queue: Queue<S>,
    cron: string,
    data: z.input<S>,
    options?: { timeZone?: string },
  ): Promise<void>;
  unschedule(queue: Queue): Promise<void>;
  start(): Promise<void>;
  /** Starts nothing new, aborts what runs, waits for it at most so long. */
  stop(timeoutMs: number): Promise<void>;
}

export interface JobsOptions {
  readonly db: Database;
  readonly bus: Bus;
  readonly log: Logger;
  /** `api` only sends; `worker` and `all` also work and keep the schedule. */
  readonly role: "all" | "api" | "worker";
  /** How long a queue that nobody wakes is left alone; 2,000 by default. */
  readonly pollMs?: number;
  /** Told how every job ended, for the metrics. */
  readonly observe?: (job: { queue: string; state: "completed" | "failed"; seconds: number }) => void;
}

const SCHEMA = "b24kit_jobs";
const TOPIC = "jobs";

/** Queues and schedules in PostgreSQL. pg-boss stores and schedules; the worker loop is ours, see worker.ts. */
export function createJobs(options: JobsOptions): Jobs {
  const { db, bus, log, role } = options;
  const works = role !== "api";
  const boss = new PgBoss({ db: adapter(db.pool), schema: SCHEMA, supervise: works, schedule: works });
  boss.on("error", (error) => log.error({ err: error }, "the job store reports an error"));
  const defined = new Map<string, { queue: Queue; handler: JobHandler<z.ZodObject> }>();
  const created = new Map<string, Promise<void>>();
  let workers: Worker[] = [];
  let unsubscribe = () => {};
  let opened: Promise<unknown> | undefined;

  /** An installation whose features queue nothing does without the store. */
  function open(): Promise<unknown> {
    opened ??= boss.start();
    return opened;
  }

  /** A queue is created on first use; creating it again changes nothing. */
  function ensure({ name, options: { retries = 3, retryDelay = 1, expireIn = 900 } }: Queue): Promise<void> {
    const retry = { retryLimit: retries, retryDelay, retryBackoff: true };
    let creating = created.get(name);
    if (!creating) {
      creating = open().then(() =>
        boss.createQueue(name, { name, policy: "short", ...retry, expireInSeconds: expireIn }),
      );
      created.set(name, creating);
      creating.catch(() => created.delete(name));
    }
    return creating;
  }

  return {
    define(queue, handler) {
      if (defined.has(queue.name)) throw new Error(`The queue "${queue.name}" is defined twice.`);
      defined.set(queue.name, { queue, handler: handler as JobHandler<z.ZodObject> });
    },
    async send(queue, data, { client, key, startAfter } = {}) {
      await ensure(queue);
      const id = await boss.send(queue.name, queue.data.parse(data), {
        ...(client && { db: adapter(client) }),
        // The queue takes one waiting job per key; a job that names none gets one of its own.
        singletonKey: key ?? randomUUID(),
        ...(startAfter && { startAfter }),
      });
      if (id && !startAfter) await bus.publish(TOPIC, null, { queue: queue.name }, client);
      return id;
    },
    async schedule(queue, cron, data, { timeZone = "UTC" } = {}) {
      await ensure(queue);
      await boss.schedule(queue.name, cron, queue.data.parse(data), { tz: timeZone });
    },
    unschedule: (queue) => boss.unschedule(queue.name),
    async start() {
      if (!works || defined.size === 0) return;
      for (const { queue } of defined.values()) await ensure(queue);
      workers = [...defined.values()].map(({ queue, handler }) =>
        startWorker({ boss, queue, handler, log, observe: options.observe, pollMs: options.pollMs }),
      );
      unsubscribe = bus.subscribe(TOPIC, null, ({ data }) => {
        for (const worker of workers) if (worker.queue === (data as { queue: string }).queue) worker.wake();
      });
    },
    async stop(timeoutMs) {
      unsubscribe();
      await Promise.all(workers.map((worker) => worker.stop(timeoutMs)));
      if (opened) await boss.stop({ graceful: false, close: false });
    },
  };
}

/** pg-boss speaks to whatever runs its statements: our pool, or a caller's transaction. */
function adapter(q: Queryable): PgBoss.Db {
  return { executeSql: async (text, values) => (await q.query(text, values)) as { rows: unknown[] } };
}
