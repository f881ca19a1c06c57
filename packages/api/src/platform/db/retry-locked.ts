import { setTimeout as delay } from "node:timers/promises";

/** SQLSTATEs of a lock that did not come within `lock_timeout`, and of the one of two that stood crosswise which had to give way. */
const IN_THE_WAY: readonly unknown[] = ["55P03", "40P01"];

export interface RetryOptions {
  /** In all, the first included. */
  readonly tries: number;
  readonly pauseMs: number;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/**
 * Does work that leaves nothing behind when it fails, as a transaction does, again while others' locks stand in its way.
 * Any other failure is thrown at once.
 */
export async function retryLocked<T>(
  { tries, pauseMs, sleep = delay }: RetryOptions,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!IN_THE_WAY.includes((error as { code?: unknown }).code) || attempt === tries) throw error;
      await sleep(pauseMs);
    }
  }
}
