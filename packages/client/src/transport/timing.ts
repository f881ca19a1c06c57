/** Time and chance, passed in so that tests own them. */
export interface Timing {
  /** Epoch milliseconds. */
  now(): number;
  /** 0 up to 1. */
  random(): number;
  /** Resolves after the time; rejects with the signal's reason when it aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const realTiming: Timing = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep(milliseconds, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, milliseconds);
      signal?.addEventListener("abort", stop, { once: true });
    });
  },
};

/** Milliseconds before the attempt of this number (0 = the first repeat): doubling, half of it by chance. */
export function backoff(attempt: number, random: () => number, base = 500, cap = 30_000): number {
  const full = Math.min(cap, base * 2 ** attempt);
  return full / 2 + (full / 2) * random();
}
