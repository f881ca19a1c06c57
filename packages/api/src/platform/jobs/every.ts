import type { Logger } from "../log/logger.ts";
import { coalesced } from "./coalesced.ts";

/** The two timer functions that a loop needs; Node's own by default, virtual ones in tests. */
export interface Timers {
  setTimeout(fn: () => void, ms: number): unknown;
  clearTimeout(timer: never): void;
}

export interface Loop {
  /** Runs now. The run under way may have looked too early to see why: one more follows it. */
  wake(): void;
  /** No run starts any more; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/**
 * Calls `fn` at once and then `ms` milliseconds after each end, so that runs never overlap. A failure is logged and
 * ends nothing.
 */
export function every(
  ms: number,
  fn: () => Promise<void>,
  options: { log: Logger; name: string; timers?: Timers },
): Loop {
  const timers = options.timers ?? (globalThis as unknown as Timers);
  let timer: unknown;
  let stopped = false;

  const runs = coalesced<void>(async () => {
    timers.clearTimeout(timer as never);
    try {
      await fn();
    } catch (error) {
      options.log.error({ err: error, loop: options.name }, "a periodic task failed; it runs again");
    }
    if (stopped) return;
    timer = timers.setTimeout(runs.ask, ms);
    (timer as Partial<NodeJS.Timeout>)?.unref?.();
  });

  runs.ask();
  return {
    wake: runs.ask,
    async stop() {
      stopped = true;
      timers.clearTimeout(timer as never);
      await runs.stop();
    },
  };
}
