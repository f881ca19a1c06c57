import type { Logger } from "../log/logger.ts";

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
  let running: Promise<void> | undefined;
  let stopped = false;
  let again = false;

  async function run(): Promise<void> {
    again = false;
    try {
      await fn();
    } catch (error) {
      options.log.error({ err: error, loop: options.name }, "a periodic task failed; it runs again");
    }
    running = undefined;
    if (stopped) return;
    if (again) return start();
    timer = timers.setTimeout(start, ms);
    (timer as Partial<NodeJS.Timeout>)?.unref?.();
  }

  function start(): void {
    running ??= run();
  }

  start();
  return {
    wake() {
      if (stopped) return;
      timers.clearTimeout(timer as never);
      if (running) again = true;
      else start();
    },
    async stop() {
      stopped = true;
      timers.clearTimeout(timer as never);
      await running;
    },
  };
}
