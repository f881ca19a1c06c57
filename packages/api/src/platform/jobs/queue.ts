import type { z } from "zod";

export interface QueueOptions {
  /** How often a failed job is tried again; 3 by default. */
  readonly retries?: number;
  /** Seconds before the first repetition, doubling; 1 by default. */
  readonly retryDelay?: number;
  /** Seconds after which a job without an answer counts as failed; 15 minutes by default. */
  readonly expireIn?: number;
  /** Jobs of this queue that one process works on at a time; 1 by default. */
  readonly concurrency?: number;
}

/** A named kind of job and the shape of its data. */
export interface Queue<S extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly data: S;
  readonly options: QueueOptions;
}

/** e.g. `defineQueue("sync.run", z.object({ runId: z.number() }))`. Names are `<feature>.<noun>`. */
export function defineQueue<S extends z.ZodObject>(
  name: string,
  data: S,
  options: QueueOptions = {},
): Queue<S> {
  return { name, data, options };
}
