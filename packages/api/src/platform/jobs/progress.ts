import type { Clock } from "../bitrix/clock.ts";

/** Rows per second over the last seconds; null until there is enough to tell. Times in milliseconds. */
export function createRateMeter(windowMs = 5_000): {
  add(at: number, rows: number): void;
  rate(now: number): number | null;
} {
  let samples: { at: number; rows: number }[] = [];
  let start: number | null = null;
  return {
    add(at, rows) {
      start ??= at;
      samples.push({ at, rows });
    },
    rate(now) {
      samples = samples.filter(({ at }) => at > now - windowMs);
      if (start === null || now - start < 200) return null;
      const rows = samples.reduce((sum, sample) => sum + sample.rows, 0);
      return rows === 0 ? null : Math.round((rows * 1000) / Math.min(windowMs, now - start));
    },
  };
}

/** Calls `work` at most once in `everyMs`, never twice at a time, and always once after the last request. */
export interface Throttle {
  request(): void;
  /** Waits for what is under way; nothing is called afterwards. */
  close(): Promise<void>;
}

export function createThrottle(
  everyMs: number,
  clock: Clock,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): Throttle {
  const stop = new AbortController();
  let asked = false;
  let running: Promise<void> | null = null;

  async function loop(): Promise<void> {
    while (asked && !stop.signal.aborted) {
      asked = false;
      await work().catch(onError);
      await clock.sleep(everyMs, stop.signal).catch(() => {});
    }
    running = null;
  }

  return {
    request() {
      asked = true;
      if (!stop.signal.aborted) running ??= loop();
    },
    async close() {
      stop.abort();
      await running;
    },
  };
}
