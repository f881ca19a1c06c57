import { type BucketPolicy, emptyBucket, leak, refuse, STANDARD_PLAN, take } from "./bucket.ts";
import { type Clock, systemClock } from "./clock.ts";
import {
  CLOUD_LEDGER,
  emptyEntry,
  type LedgerEntry,
  type LedgerPolicy,
  ledgerWait,
  park,
  settle,
  start,
} from "./ledger.ts";
import type { AcquireRequest, Limiter, OperatingMode } from "./limiter.ts";
import { learnMode, ledgerKeys, toMeasurements } from "./measure.ts";
import { type Attempt, createQueue } from "./queue.ts";

export interface MemoryLimiterOptions {
  clock?: Clock;
  plan?: BucketPolicy;
  operating?: LedgerPolicy;
}

/** A limiter for one process: tests, tools, a single-user installation. */
export function createMemoryLimiter(options: MemoryLimiterOptions = {}): Limiter {
  const { clock = systemClock, plan = STANDARD_PLAN, operating = CLOUD_LEDGER } = options;
  let bucket = emptyBucket(plan, clock.now());
  let mode: OperatingMode = "unknown";
  const ledger = new Map<string, LedgerEntry>();
  const entry = (name: string) => ledger.get(name) ?? emptyEntry();

  const attempt = async ({ method, commands, priority }: AcquireRequest): Promise<Attempt> => {
    const now = clock.now();
    const keys = Object.entries(ledgerKeys(method, commands));
    const held = Math.max(0, ...keys.map(([name, count]) => ledgerWait(entry(name), count, operating, now)));
    if (held > 0) return { granted: false, waitMs: held, reason: "portal_operating_limit" };
    const [next, grant] = take(bucket, plan, priority, now);
    bucket = next;
    if (grant.granted) for (const [name, count] of keys) ledger.set(name, start(entry(name), count, now));
    return { ...grant, reason: "portal_rate_limited" };
  };

  return {
    acquire: createQueue({ clock, attempt }),
    report: async (report) => {
      mode = learnMode(report) ?? mode;
      for (const [name, measured] of Object.entries(toMeasurements(report, mode))) {
        ledger.set(name, settle(entry(name), measured, clock.now()));
      }
    },
    refused: async ({ method, code, resetAt }) => {
      const name = method.toLowerCase();
      if (code === "portal_rate_limited") bucket = refuse(bucket, plan, clock.now());
      if (code === "portal_operating_limit") ledger.set(name, park(entry(name), resetAt, clock.now()));
    },
    state: async () => {
      const now = clock.now();
      const { level, rate } = leak(bucket, plan, now);
      const methods = Object.fromEntries(
        [...ledger].map(([name, { operating, inFlight, parkedUntil }]) => [
          name,
          { operating, inFlight, parkedUntil: parkedUntil > now ? parkedUntil : null },
        ]),
      );
      const budget = operating.limit * operating.share;
      return { level, rate, capacity: plan.capacity, budget, mode, methods };
    },
  };
}
