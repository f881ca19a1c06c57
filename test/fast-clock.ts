import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../packages/api/src/platform/bitrix/clock.ts";

/** How a clock that runs faster than time is told to another process. */
export interface FastTime {
  /** The moment at which it shows the right time, milliseconds since the epoch. */
  readonly origin: number;
  readonly speed: number;
}

/**
 * A clock on which `speed` seconds pass in one: waits that a portal's limits prescribe end sooner, and everybody who
 * shares it, in whichever process, agrees on the time.
 */
export function createFastClock({ origin, speed }: FastTime): Clock {
  return {
    now: () => Math.round(origin + (Date.now() - origin) * speed),
    sleep: async (ms, signal) => {
      await delay(ms / speed, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
        throw signal?.aborted ? signal.reason : error;
      });
    },
    deadline: (ms, expire) => {
      const timer = setTimeout(expire, ms / speed);
      return () => clearTimeout(timer);
    },
  };
}
