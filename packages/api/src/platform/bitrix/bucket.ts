import type { Priority } from "./types.ts";

/** The portal's request limit: a leaky bucket that holds `capacity` requests and loses `drain` of them a second. */
export interface BucketPolicy {
  capacity: number;
  drain: number;
}

export const STANDARD_PLAN: BucketPolicy = { capacity: 50, drain: 2 };
export const ENTERPRISE_PLAN: BucketPolicy = { capacity: 250, drain: 5 };

export interface Bucket {
  level: number;
  /** Requests a second that we allow ourselves; below the policy's drain after a refusal. */
  rate: number;
  /** Milliseconds since the epoch of the last change. */
  at: number;
  refusedAt: number | null;
}

export type Grant = { granted: true; waitMs: number } | { granted: false; waitMs: number };

/** A slot may be booked this far ahead; who would wait longer asks again. Keeps interactive calls in front. */
export const HORIZON_MS = 1_000;
const HOLD_MS = 60_000;
const RECOVERY_PER_SECOND = 0.001;
const SLOWEST = 0.25;

/** Background calls stop at nine tenths; one place always stays free, since requests bunch up on their way. */
export const ceilingOf = (policy: BucketPolicy, priority: Priority): number =>
  priority === "interactive" ? policy.capacity - 1 : Math.floor(policy.capacity * 0.9);

export const emptyBucket = (policy: BucketPolicy, now: number): Bucket => ({
  level: 0,
  rate: policy.drain,
  at: now,
  refusedAt: null,
});

/** What has leaked since; after a refusal the rate is held for a minute and then creeps back. */
export function leak(bucket: Bucket, policy: BucketPolicy, now: number): Bucket {
  const elapsed = Math.max(0, now - bucket.at) / 1000;
  const level = Math.max(0, bucket.level - bucket.rate * elapsed);
  const recovering =
    bucket.refusedAt === null ? 0 : Math.max(0, now - Math.max(bucket.at, bucket.refusedAt + HOLD_MS));
  const rate = Math.min(policy.drain, bucket.rate + (recovering / 1000) * RECOVERY_PER_SECOND * policy.drain);
  return { level, rate, at: Math.max(now, bucket.at), refusedAt: bucket.refusedAt };
}

/** Takes a place now or books one within the horizon; else tells after how long to ask again. */
export function take(bucket: Bucket, policy: BucketPolicy, priority: Priority, now: number): [Bucket, Grant] {
  const leaked = leak(bucket, policy, now);
  const waitMs = Math.max(0, ((leaked.level + 1 - ceilingOf(policy, priority)) / leaked.rate) * 1000);
  if (waitMs > HORIZON_MS) return [leaked, { granted: false, waitMs: waitMs - HORIZON_MS / 2 }];
  return [
    { ...leaked, level: leaked.level + 1 },
    { granted: true, waitMs },
  ];
}

/** The portal said no: somebody else uses the limit too. Counts it as full and halves our rate. */
export function refuse(bucket: Bucket, policy: BucketPolicy, now: number): Bucket {
  const leaked = leak(bucket, policy, now);
  // Calls that were under way together are refused together: that is one refusal.
  const again = leaked.refusedAt !== null && now - leaked.refusedAt < 2_000;
  const rate = again ? leaked.rate : Math.max(SLOWEST, leaked.rate / 2);
  return { level: Math.max(leaked.level, policy.capacity), rate, at: leaked.at, refusedAt: now };
}
