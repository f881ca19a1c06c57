/** Buckets of the plans that a portal can be on. */
export const PLANS = {
  /** Any plan below Enterprise. */
  ordinary: { burst: 50, drainPerSecond: 2 },
  enterprise: { burst: 250, drainPerSecond: 5 },
} as const;
export type Plan = keyof typeof PLANS;

/** Everything about a portal's limits that `POST /_emulator/limits` can turn. */
export interface LimitSettings {
  rate: {
    enabled: boolean;
    /** Requests a source address may have in its bucket. */
    burst: number;
    /** Requests that leave the bucket each second. */
    drainPerSecond: number;
  };
  operating: {
    enabled: boolean;
    /** Seconds of work per credential and method within ten minutes. */
    limitSeconds: number;
    /** Work of one method within one request that is not charged at all. */
    freeSeconds: number;
    /** What a batch is charged to: its inner methods, or the method `batch`. */
    billing: "inner" | "batch";
  };
  cost: {
    /** Seconds of portal work per list page. */
    pageSeconds: number;
    /** Seconds per row that a page had to count, sort or skip. The vendor names 50 s for 2.4 million counted rows. */
    rowSeconds: number;
    /** Seconds of any other call. */
    callSeconds: number;
    /** True makes the caller wait for the work; false only reckons with it. */
    real: boolean;
    /** Work after which the web server gives up on a request with 504. */
    requestSeconds: number;
  };
  /** HTTP status of `insufficient_scope`: the documentation says 403, servers answer 401. */
  insufficientScopeStatus: 401 | 403;
  /** `total` of a list that was told not to count. */
  uncountedTotal: "zero" | "absent";
}

export function defaultLimits(plan: Plan = "ordinary"): LimitSettings {
  return {
    rate: { enabled: true, ...PLANS[plan] },
    operating: { enabled: true, limitSeconds: 480, freeSeconds: 0, billing: "inner" },
    cost: { pageSeconds: 0.02, rowSeconds: 0.000_02, callSeconds: 0.005, real: false, requestSeconds: 60 },
    insufficientScopeStatus: 401,
    uncountedTotal: "zero",
  };
}
