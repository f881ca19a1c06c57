import type { Clock } from "../clock.ts";

const MINUTE = 60_000;
const WINDOW = 10 * MINUTE;

interface Basket {
  /** The first call of this basket, milliseconds. */
  openedAt: number;
  seconds: number;
}

/** Seconds of work that each method did for each credential, in one-minute baskets over the last ten minutes. */
export class OperatingLedger {
  readonly #baskets = new Map<string, Basket[]>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  charge(credential: string, method: string, seconds: number): void {
    const now = this.#clock.now();
    const baskets = this.#live(credential, method);
    const last = baskets.at(-1);
    if (last && now - last.openedAt < MINUTE) last.seconds += seconds;
    else baskets.push({ openedAt: now, seconds });
    this.#baskets.set(keyOf(credential, method), baskets);
  }

  /** Seconds within the window. */
  spent(credential: string, method: string): number {
    return this.#live(credential, method).reduce((sum, basket) => sum + basket.seconds, 0);
  }

  /** Unix second at which the oldest basket leaves the window. */
  resetAt(credential: string, method: string): number {
    const oldest = this.#live(credential, method)[0]?.openedAt ?? this.#clock.now();
    return Math.floor((oldest + WINDOW) / 1000);
  }

  clear(): void {
    this.#baskets.clear();
  }

  #live(credential: string, method: string): Basket[] {
    const oldest = this.#clock.now() - WINDOW;
    return (this.#baskets.get(keyOf(credential, method)) ?? []).filter((basket) => basket.openedAt > oldest);
  }
}

const keyOf = (credential: string, method: string) => `${credential} ${method}`;
