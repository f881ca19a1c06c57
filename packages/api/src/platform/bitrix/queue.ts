import type { Clock } from "./clock.ts";
import { type AcquireRequest, LimitExceeded } from "./limiter.ts";
import type { Priority } from "./types.ts";

/** One try at the limits: granted (send after `waitMs`), or ask again after `waitMs`. */
export interface Attempt {
  granted: boolean;
  waitMs: number;
  reason: LimitExceeded["code"];
}

export interface QueueOptions {
  clock: Clock;
  /** Must decide atomically, among all processes that share the limits. */
  attempt(request: AcquireRequest): Promise<Attempt>;
}

interface Line {
  last: Promise<void>;
  waiting: Set<AcquireRequest>;
}

// The usual pace of a full bucket; only for what those in line are told.
const PACE_MS = 500;

/**
 * Makes an `acquire`: callers of one process and priority stand in line for the request limit, so that only the
 * first of them asks, and they leave in the order they came. Whoever waits for a method's operating time steps out
 * of the line meanwhile.
 */
export function createQueue({ clock, attempt }: QueueOptions): (request: AcquireRequest) => Promise<void> {
  const newLine = (): Line => ({ last: Promise.resolve(), waiting: new Set() });
  const lines: Record<Priority, Line> = { interactive: newLine(), background: newLine() };

  const requireTime = (request: AcquireRequest, since: number, step: Attempt) => {
    const longest = request.maxWaitMs ?? Number.POSITIVE_INFINITY;
    if (clock.now() - since + step.waitMs > longest)
      throw new LimitExceeded({ code: step.reason, waitMs: step.waitMs });
  };

  /** Nobody waits without a word: the first one's time is known, that of those behind it is guessed. */
  const tell = (step: Attempt, requests: readonly AcquireRequest[]) => {
    const until = clock.now() + step.waitMs;
    requests.forEach((request, place) => {
      request.onWait?.(step.reason, until + place * PACE_MS);
    });
  };

  /** The first in line asks until it is granted a place, or learns how long its method is held. */
  const passLine = async (request: AcquireRequest, since: number, line: Line): Promise<Attempt | null> => {
    for (;;) {
      request.signal?.throwIfAborted();
      const step = await attempt(request);
      if (!step.granted && step.reason === "portal_operating_limit") return step;
      if (!step.granted) requireTime(request, since, step);
      if (step.waitMs > 0) {
        tell(step, [request, ...line.waiting]);
        await clock.sleep(step.waitMs, request.signal);
      }
      if (step.granted) return null;
    }
  };

  const inLine = (request: AcquireRequest, since: number): Promise<Attempt | null> => {
    const line = lines[request.priority];
    line.waiting.add(request);
    const leave = () => line.waiting.delete(request);
    const ahead = line.last;
    const turn = whenFree(ahead, request.signal)
      .finally(leave)
      .then(() => passLine(request, since, line));
    // The line moves on whatever became of this caller, but not before those ahead of it are through.
    line.last = turn.then(
      () => ahead,
      () => ahead,
    );
    return turn;
  };

  return async (request) => {
    const since = clock.now();
    for (;;) {
      const held = await inLine(request, since);
      if (held === null) return;
      requireTime(request, since, held);
      request.onWait?.(held.reason, clock.now() + held.waitMs);
      await clock.sleep(held.waitMs, request.signal);
    }
  };
}

/** Waits for the line, but not longer than the caller lives. */
function whenFree(line: Promise<void>, signal?: AbortSignal): Promise<void> {
  if (!signal) return line;
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    void line.then(() => {
      signal.removeEventListener("abort", leave);
      resolve();
    });
  });
}
