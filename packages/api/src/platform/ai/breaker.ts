/** Spares a service that is down, and whoever waits for it. */
export interface Breaker {
  /** False while the service is left alone. After the pause one call is let through to try it. */
  allows(): boolean;
  /** Milliseconds until it is tried again; 0 where it is not left alone. */
  pauseLeft(): number;
  succeeded(): void;
  failed(): void;
}

export interface BreakerOptions {
  /** Failures in a row after which the service is left alone. */
  readonly failures: number;
  readonly pauseMs: number;
  readonly now: () => number;
}

export function createBreaker({ failures, pauseMs, now }: BreakerOptions): Breaker {
  let inARow = 0;
  let closedUntil = 0;
  return {
    allows() {
      if (inARow < failures) return true;
      if (now() < closedUntil) return false;
      closedUntil = now() + pauseMs;
      return true;
    },
    pauseLeft: () => (inARow < failures ? 0 : Math.max(0, closedUntil - now())),
    succeeded() {
      inARow = 0;
    },
    failed() {
      inARow++;
      if (inARow >= failures) closedUntil = now() + pauseMs;
    },
  };
}
