import type { Clock } from "../clock.ts";

export interface MethodStats {
  calls: number;
  errors: number;
  rows: number;
}

/** What a portal has been asked since it started or was reset. */
export class Stats {
  /** HTTP requests to /rest/, refused ones included. */
  requests = 0;
  batches = 0;
  refusedByRate = 0;
  refusedByOperating = 0;
  refusedByAuth = 0;
  /** Most requests within one second of the portal's clock. */
  peakPerSecond = 0;
  faultsMade = 0;
  /** What the auth server gave tokens for. */
  codesExchanged = 0;
  tokensRefreshed = 0;
  /** Requests that the web server gave up on. */
  timedOut = 0;
  /** Errors of the emulator itself: must stay 0. */
  crashed = 0;
  readonly methods = new Map<string, MethodStats>();
  readonly #clock: Clock;
  #recent: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  requested(): void {
    const now = this.#clock.now();
    this.requests++;
    this.#recent = this.#recent.filter((at) => at > now - 1000);
    this.#recent.push(now);
    this.peakPerSecond = Math.max(this.peakPerSecond, this.#recent.length);
  }

  called(method: string, rows: number): void {
    const stats = this.#of(method);
    stats.calls++;
    stats.rows += rows;
  }

  failed(method: string): void {
    const stats = this.#of(method);
    stats.calls++;
    stats.errors++;
  }

  toJSON() {
    const methods = Object.fromEntries(this.methods);
    return {
      requests: this.requests,
      batches: this.batches,
      refusedByRate: this.refusedByRate,
      refusedByOperating: this.refusedByOperating,
      refusedByAuth: this.refusedByAuth,
      peakPerSecond: this.peakPerSecond,
      rowsServed: Object.values(methods).reduce((sum, stats) => sum + stats.rows, 0),
      faultsMade: this.faultsMade,
      codesExchanged: this.codesExchanged,
      tokensRefreshed: this.tokensRefreshed,
      timedOut: this.timedOut,
      crashed: this.crashed,
      methods,
    };
  }

  #of(method: string): MethodStats {
    const known = this.methods.get(method);
    if (known) return known;
    const made = { calls: 0, errors: 0, rows: 0 };
    this.methods.set(method, made);
    return made;
  }
}
