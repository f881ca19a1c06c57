import type { ErrorCode } from "@b24kit/client/contract";
import type { OnWait, PortalTime, Priority } from "./types.ts";

/** Where the portal books the time of a batch: on its inner methods, on `batch`, or nowhere. */
export type OperatingMode = "unknown" | "inner" | "batch" | "none";

export interface AcquireRequest {
  method: string;
  priority: Priority;
  /** How often each method runs in this request; a batch names its inner methods. */
  commands: Readonly<Record<string, number>>;
  signal?: AbortSignal;
  onWait?: OnWait;
  /** A wait that would be longer rejects with a `LimitExceeded`. */
  maxWaitMs?: number;
}

export interface LimitReport {
  method: string;
  /** The same as when it was acquired. */
  commands: Readonly<Record<string, number>>;
  /** Absent when the request failed. */
  time?: PortalTime | null;
  /** A batch's commands with their own time. */
  results?: readonly { method: string; time: PortalTime | null }[];
}

export interface LimitRefusal {
  method: string;
  code: ErrorCode;
  /** Milliseconds since the epoch, where the portal has told it. */
  resetAt?: number;
}

export interface LimiterState {
  /** Requests in the bucket now, and what a second takes away. */
  level: number;
  rate: number;
  /** At so many requests in the bucket the portal refuses. */
  capacity: number;
  /** Seconds of a method's operating time that we use, in ten minutes. */
  budget: number;
  mode: OperatingMode;
  methods: Record<string, { operating: number; inFlight: number; parkedUntil: number | null }>;
}

/** Keeps a portal's two limits: requests per second, and seconds of work per method and ten minutes. */
export interface Limiter {
  /** Resolves when the request may be sent. Every acquired request must be reported, also a failed one. */
  acquire(request: AcquireRequest): Promise<void>;
  report(report: LimitReport): Promise<void>;
  refused(refusal: LimitRefusal): Promise<void>;
  state(): Promise<LimiterState>;
}

/** The wait would be longer than the caller allows. */
export class LimitExceeded extends Error {
  override readonly name = "LimitExceeded";
  readonly code: "portal_rate_limited" | "portal_operating_limit";
  readonly waitMs: number;
  constructor(limit: { code: LimitExceeded["code"]; waitMs: number }) {
    super(`${limit.code}: ${Math.ceil(limit.waitMs / 1000)} s`);
    this.code = limit.code;
    this.waitMs = limit.waitMs;
  }
}
