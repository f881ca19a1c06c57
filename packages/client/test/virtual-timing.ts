import type { Timing } from "../src/transport/timing.ts";

interface Sleeper {
  at: number;
  wake(): void;
}

/** A clock that moves only when told; chance is always a half. */
export class VirtualTiming implements Timing {
  #now = Date.parse("2026-05-12T09:00:00Z");
  readonly #sleepers = new Set<Sleeper>();
  /** Milliseconds of every sleep that was asked for. */
  readonly asked: number[] = [];

  now = (): number => this.#now;
  random = (): number => 0.5;

  sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> => {
    this.asked.push(milliseconds);
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { at: this.#now + milliseconds, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason);
      });
    });
  };

  /** Whether someone sleeps for so long. */
  sleeping(milliseconds: number): boolean {
    return [...this.#sleepers].some(({ at }) => at === this.#now + milliseconds);
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const sleeper of [...this.#sleepers].filter(({ at }) => at <= this.#now)) {
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}

/** Waits for a condition, looking again after each turn of the event loop; fails after two seconds. */
export async function until(condition: () => boolean, what = condition.toString()): Promise<void> {
  const end = performance.now() + 2000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
