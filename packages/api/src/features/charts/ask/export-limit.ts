import { createRateLimit } from "../../../platform/http/rate-limit.ts";

/** Files that one caller may take at once, and the time after which there is one more: a person's haste, not a program's. */
const BURST = 20;
const REFILL_MS = 3_000;

/** Rows that leave the page are read anew each time, as exactly and as many as there are. */
export const limitExports = (now: () => number) =>
  createRateLimit({ burst: BURST, refillMs: REFILL_MS, now, of: "exports by this caller" });
