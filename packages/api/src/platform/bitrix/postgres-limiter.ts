import type pg from "pg";
import { type BucketPolicy, ceilingOf, STANDARD_PLAN } from "./bucket.ts";
import { type Clock, systemClock } from "./clock.ts";
import { CLOUD_LEDGER, type LedgerPolicy } from "./ledger.ts";
import type { AcquireRequest, Limiter, OperatingMode } from "./limiter.ts";
import {
  fillBucket,
  parkMethod,
  selectState,
  settleMethods,
  tryAcquire,
  updateMode,
} from "./limits-store.ts";
import { learnMode, ledgerKeys, toMeasurements } from "./measure.ts";
import { type Attempt, createQueue } from "./queue.ts";

export interface PostgresLimiterOptions {
  db: { pool: pg.Pool };
  portalId: number;
  /** Operating time is counted by credential; the request limit is the whole portal's. Default `webhook`. */
  credential?: string;
  plan?: BucketPolicy;
  operating?: LedgerPolicy;
  /** For tests: rules sleeping and the limits' time alike. Without it the limits run on the database's clock. */
  clock?: Clock;
}

/** A limiter that all processes on one database share. Waiting happens outside of any transaction. */
export function createPostgresLimiter(options: PostgresLimiterOptions): Limiter {
  const {
    db,
    portalId,
    credential = "webhook",
    plan = STANDARD_PLAN,
    operating = CLOUD_LEDGER,
    clock,
  } = options;
  const { pool } = db;
  const now = () => (clock ? new Date(clock.now()) : null);
  let mode: OperatingMode = "unknown";

  const attempt = ({ method, commands, priority }: AcquireRequest): Promise<Attempt> => {
    return tryAcquire(pool, {
      portalId,
      credential,
      now: now(),
      keys: ledgerKeys(method, commands),
      ceiling: ceilingOf(plan, priority),
      drain: plan.drain,
      budget: operating.limit * operating.share,
      limit: operating.limit,
    });
  };

  const learn = async (learnt: OperatingMode) => {
    if (learnt === mode) return;
    mode = learnt;
    await updateMode(pool, portalId, learnt);
  };

  return {
    acquire: createQueue({ clock: clock ?? systemClock, attempt }),
    report: async (report) => {
      const learnt = learnMode(report);
      if (learnt) await learn(learnt);
      await settleMethods(pool, { portalId, credential, now: now(), measured: toMeasurements(report, mode) });
    },
    refused: async ({ method, code, resetAt }) => {
      if (code === "portal_rate_limited") await fillBucket(pool, { portalId, plan, now: now() });
      if (code === "portal_operating_limit") {
        const until = resetAt === undefined ? null : new Date(resetAt);
        await parkMethod(pool, { portalId, credential, now: now(), method: method.toLowerCase(), until });
      }
    },
    state: async () => ({
      ...(await selectState(pool, { portalId, credential, plan, now: now() })),
      capacity: plan.capacity,
      budget: operating.limit * operating.share,
    }),
  };
}
