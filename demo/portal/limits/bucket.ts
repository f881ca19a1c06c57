import type { Clock } from "../clock.ts";

interface Level {
  fill: number;
  at: number;
}

/** The leaky bucket of requests: one for each source address. */
export class RequestBucket {
  readonly #levels = new Map<string, Level>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one request in; false when it would overflow (a refused request does not fill the bucket). */
  take(address: string, burst: number, drainPerSecond: number): boolean {
    const now = this.#clock.now();
    const level = this.#levels.get(address) ?? { fill: 0, at: now };
    const drained = (Math.max(0, now - level.at) / 1000) * drainPerSecond;
    const fill = Math.max(0, level.fill - drained);
    const fits = fill + 1 <= burst;
    this.#levels.set(address, { fill: fits ? fill + 1 : fill, at: now });
    return fits;
  }

  clear(): void {
    this.#levels.clear();
  }
}
