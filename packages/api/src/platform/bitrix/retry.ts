import type { PortalError } from "./errors.ts";

export interface RetryRule {
  /** Carrying the call out twice does no harm. */
  safe: boolean;
  /** Tries when the portal breaks off or answers nonsense. */
  attempts: number;
}

/** Tries against a limit; each waits until the limiter believes in it. */
const LIMIT_ATTEMPTS = 12;
const BASE_MS = 500;
const LONGEST_MS = 8_000;

/** Full jitter: anything between nothing and the doubled bound, so that callers do not come back together. */
export const backoff = (attempt: number, random: () => number): number =>
  random() * Math.min(LONGEST_MS, BASE_MS * 2 ** (attempt - 1));

/** Whether to try again after the `attempt`-th try (from 1) failed. */
export function mayRetry(error: PortalError, attempt: number, rule: RetryRule): boolean {
  if (!error.transient) return false;
  if (error.code === "portal_rate_limited" || error.code === "portal_operating_limit")
    return attempt < LIMIT_ATTEMPTS;
  if (error.outcome === "unknown" && !rule.safe) return false;
  return attempt < rule.attempts;
}
