import type PgBoss from "pg-boss";
import type { z } from "zod";
import type { Logger } from "../log/logger.ts";
import type { JobHandler, JobsOptions } from "./jobs.ts";
import type { Queue } from "./queue.ts";

export interface Worker {
  readonly queue: string;
  /** Looks for jobs now instead of at the next poll. */
  wake(): void;
  stop(timeoutMs: number): Promise<void>;
}

interface WorkerOptions {
  readonly boss: PgBoss;
  readonly queue: Queue;
  readonly handler: JobHandler<z.ZodObject>;
  readonly log: Logger;
  readonly observe: JobsOptions["observe"];
  readonly pollMs: number | undefined;
}

const POLL_MS = 2_000;

/**
 * Fetches and runs the jobs of one queue. pg-boss's own loop neither tells a handler that the process stops nor
 * awaits its notes of completion, whose failure would then end the process; hence this one.
 */
export function startWorker(options: WorkerOptions): Worker {
  const { boss, queue, log } = options;
  const limit = queue.options.concurrency ?? 1;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  let nudge = () => {};
  let nudged = false;

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      nudged = false;
      if (running.size < limit && (await take())) continue;
      if (!nudged && !stopping.signal.aborted) await pause();
    }
  }

  /** True where a job was found, so that the next look follows at once. */
  async function take(): Promise<boolean> {
    try {
      const [job] = (await boss.fetch<Record<string, unknown>>(queue.name, { batchSize: 1 })) ?? [];
      if (!job) return false;
      const run = runJob(job).finally(() => {
        running.delete(run);
        wake();
      });
      running.add(run);
      return true;
    } catch (error) {
      log.warn({ err: error, queue: queue.name }, "jobs could not be fetched; trying again");
      return false;
    }
  }

  async function runJob(job: PgBoss.Job<Record<string, unknown>>): Promise<void> {
    const start = performance.now();
    const error = await attempt(job);
    const state = error ? "failed" : "completed";
    options.observe?.({ queue: queue.name, state, seconds: (performance.now() - start) / 1_000 });
    try {
      if (error) await boss.fail(queue.name, job.id, { message: error.message });
      else await boss.complete(queue.name, job.id);
    } catch (reason) {
      log.error(
        { err: reason, queue: queue.name, job: job.id },
        "a job's end could not be noted; it expires and runs again",
      );
    }
  }

  async function attempt(job: PgBoss.Job<Record<string, unknown>>): Promise<Error | null> {
    try {
      await options.handler(queue.data.parse(job.data), { id: job.id, signal: stopping.signal });
      return null;
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ err: error, queue: queue.name, job: job.id }, "a job failed");
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, options.pollMs ?? POLL_MS);
      nudge = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function wake(): void {
    nudged = true;
    nudge();
  }

  const ended = loop();
  return {
    queue: queue.name,
    wake,
    async stop(timeoutMs) {
      stopping.abort(new Error("The process is stopping."));
      wake();
      await ended;
      await Promise.race([
        Promise.all(running),
        new Promise((resolve) => setTimeout(resolve, timeoutMs).unref()),
      ]);
    },
  };
}
