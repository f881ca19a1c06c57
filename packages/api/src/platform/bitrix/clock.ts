/** Time as this room sees it; tests pass a virtual one. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `expire` after `ms` milliseconds unless the returned function was called before. */
  deadline(ms: number, expire: () => void): () => void;
}

// Longer delays make setTimeout fire at once.
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener("abort", stop);
          resolve();
        },
        Math.min(Math.max(0, ms), LONGEST_TIMER),
      );
      signal?.addEventListener("abort", stop, { once: true });
    }),
  deadline: (ms, expire) => {
    const timer = setTimeout(expire, Math.min(ms, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
};
