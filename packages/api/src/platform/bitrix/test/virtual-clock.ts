import type { Clock } from "../clock.ts";

interface Sleeper {
  at: number;
  wake: () => void;
}

export interface VirtualClock extends Clock {
  advance(ms: number): void;
  /** Lets every pending deadline pass now. */
  expireDeadlines(): void;
  readonly deadlines: number;
}

/** Time that jumps to the next sleeper as soon as nothing else is left to do. Deadlines pass only when told to. */
export function createVirtualClock(start = Date.UTC(2026, 0, 15, 9)): VirtualClock {
  let now = start;
  let sleepers: Sleeper[] = [];
  let idle: NodeJS.Immediate | undefined;
  const deadlines = new Set<() => void>();

  const wakeNext = () => {
    idle = undefined;
    const at = Math.min(...sleepers.map((sleeper) => sleeper.at));
    now = Math.max(now, at);
    const due = sleepers.filter((sleeper) => sleeper.at <= now);
    sleepers = sleepers.filter((sleeper) => sleeper.at > now);
    for (const { wake } of due) wake();
    if (sleepers.length > 0) whenIdle();
  };
  const whenIdle = () => {
    clearImmediate(idle);
    idle = setImmediate(() => {
      idle = setImmediate(wakeNext);
    });
  };

  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const stop = () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal?.reason);
        };
        const sleeper = {
          at: now + ms,
          wake: () => {
            signal?.removeEventListener("abort", stop);
            resolve();
          },
        };
        signal?.addEventListener("abort", stop, { once: true });
        sleepers.push(sleeper);
        whenIdle();
      }),
    deadline: (_ms, expire) => {
      deadlines.add(expire);
      return () => deadlines.delete(expire);
    },
    expireDeadlines: () => {
      for (const expire of [...deadlines]) expire();
    },
    get deadlines() {
      return deadlines.size;
    },
  };
}
