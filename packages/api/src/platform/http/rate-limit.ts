import { AppError } from "./app-error.ts";

export interface RateLimitOptions {
  /** What may be done at once. */
  readonly burst: number;
  /** Milliseconds after which once more is allowed. */
  readonly refillMs: number;
  readonly now: () => number;
  /** What is limited, for the message: "exports by this caller". */
  readonly of: string;
  /** Callers remembered at a time; beyond it those that came longest ago are forgotten. */
  readonly capacity?: number;
}

/** A token bucket for each caller, in this process. */
export interface RateLimit {
  /** Takes a turn. @throws AppError too_many_requests, with the seconds until the next */
  take(who: string): void;
}

export function createRateLimit({
  burst,
  refillMs,
  now,
  of,
  capacity = 10_000,
}: RateLimitOptions): RateLimit {
  /** When the caller's bucket is full again; in order of their last turn. */
  const fullAt = new Map<string, number>();
  return {
    take(who) {
      const from = Math.max(fullAt.get(who) ?? 0, now());
      const wait = from - now() - (burst - 1) * refillMs;
      if (wait > 0) throw new AppError("too_many_requests", `Too many ${of}.`, { retryAfter: wait / 1_000 });
      fullAt.delete(who);
      fullAt.set(who, from + refillMs);
      if (fullAt.size > capacity) fullAt.delete(fullAt.keys().next().value as string);
    },
  };
}
