import { AppError } from "../http/app-error.ts";

export interface FailureLimitOptions {
  /** Failures that one address may make at once. */
  readonly burst: number;
  /** Milliseconds after which one more is allowed. */
  readonly refillMs: number;
  readonly now: () => number;
  /** Addresses remembered at a time; beyond it the ones that failed longest ago are forgotten. */
  readonly capacity?: number;
}

/** Slows down guessing: a token bucket per address from which only failed sign-ins take. */
export interface FailureLimit {
  /** @throws AppError too_many_requests */
  check(address: string): void;
  /** Counts a failed sign-in. */
  fail(address: string): void;
}

export function createFailureLimit({
  burst,
  refillMs,
  now,
  capacity = 10_000,
}: FailureLimitOptions): FailureLimit {
  /** When the address's bucket is full again; in order of the last failure. */
  const fullAt = new Map<string, number>();
  return {
    check(address) {
      const debt = ((fullAt.get(address) ?? 0) - now()) / refillMs;
      if (debt > burst - 1) {
        const retryAfter = ((debt - burst + 1) * refillMs) / 1_000;
        throw new AppError("too_many_requests", "Too many failed sign-ins from this address.", {
          retryAfter,
        });
      }
    },
    fail(address) {
      const from = Math.max(fullAt.get(address) ?? 0, now());
      fullAt.delete(address);
      fullAt.set(address, from + refillMs);
      if (fullAt.size > capacity) fullAt.delete(fullAt.keys().next().value as string);
    },
  };
}
