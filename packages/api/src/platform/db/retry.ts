import { setTimeout as delay } from "node:timers/promises";

/** SQLSTATE of a lock that did not come within `lock_timeout`. */
export const LOCK_NOT_AVAILABLE = "55P03";
/** SQLSTATE of the transaction that PostgreSQL gave up so that another one may go on. */
export const DEADLOCK_DETECTED = "40P01";

export interface RetryOptions {
  /** SQLSTATEs after which the same work may well succeed. */
  readonly on: readonly string[];
  /** In all, the first included. */
  readonly tries: number;
  readonly pauseMs: number;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Does work that leaves nothing behind when it fails, as a transaction does, again while others stand in its way. */
export async function retry<T>(
  { on, tries, pauseMs, sleep = delay }: RetryOptions,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (typeof code !== "string" || !on.includes(code) || attempt === tries) throw error;
      await sleep(pauseMs);
    }
  }
}
