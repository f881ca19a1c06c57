/** What one method has used of its operating time. Times in milliseconds since the epoch, on our clock. */
export interface LedgerEntry {
  /** Seconds in the last ten minutes, as the portal counted them at `measuredAt` (the portal's clock). */
  operating: number;
  measuredAt: number;
  /** When the oldest counted minute is forgotten. */
  resetAt: number;
  parkedUntil: number;
  /** Commands under way, of all processes. */
  inFlight: number;
  inFlightAt: number;
  /** Smoothed seconds of one command. */
  cost: number;
}

export interface LedgerPolicy {
  /** The portal's limit in seconds of ten minutes. */
  limit: number;
  /** Part of the limit that we use. */
  share: number;
}

// A tenth is left for what prediction cannot know: a portal that gets slower while calls are under way.
export const CLOUD_LEDGER: LedgerPolicy = { limit: 480, share: 0.9 };

const WINDOW_MS = 600_000;
const MINUTE_MS = 60_000;
// A process that dies leaves its commands behind; no request lives longer than this.
const STALE_MS = 120_000;
const MARGIN_MS = 1_000;
const PARK_MS = 60_000;
const RECHECK_MS = 500;
const SMOOTHING = 0.3;

export const emptyEntry = (): LedgerEntry => ({
  operating: 0,
  measuredAt: 0,
  resetAt: 0,
  parkedUntil: 0,
  inFlight: 0,
  inFlightAt: 0,
  cost: 0,
});

const underWay = (entry: LedgerEntry, now: number) =>
  now - entry.inFlightAt > STALE_MS ? 0 : entry.inFlight;

/** Milliseconds until `commands` more may start; 0 for now. */
export function ledgerWait(entry: LedgerEntry, commands: number, policy: LedgerPolicy, now: number): number {
  if (entry.parkedUntil > now) return entry.parkedUntil - now;
  const budget = policy.limit * policy.share;
  const operating = now > entry.resetAt + WINDOW_MS ? 0 : entry.operating;
  const busy = underWay(entry, now);
  if (operating >= budget && now < entry.resetAt + MARGIN_MS) return entry.resetAt + MARGIN_MS - now;
  if (busy === 0) {
    // Nobody else is out, and one call tells how much the window has freed. The oldest minute may have held less than
    // this call takes; the one after it was full, or the limit would be far.
    if (operating + entry.cost * commands <= policy.limit) return 0;
    return Math.max(0, entry.resetAt + MARGIN_MS + MINUTE_MS - now);
  }
  return operating + entry.cost * (busy + commands) <= budget ? 0 : RECHECK_MS;
}

export const start = (entry: LedgerEntry, commands: number, now: number): LedgerEntry => ({
  ...entry,
  inFlight: underWay(entry, now) + commands,
  inFlightAt: now,
});

export interface Measurement {
  /** Commands that have ended; they leave the count of those under way. */
  commands: number;
  /** Seconds of server time of one command; absent when the call failed. */
  seconds?: number;
  operating?: number;
  /** Milliseconds from the measurement to the reset: a difference, so the portal's clock may be wrong. */
  resetInMs?: number;
  measuredAt?: number;
}

export function settle(entry: LedgerEntry, measured: Measurement, now: number): LedgerEntry {
  const inFlight = Math.max(0, entry.inFlight - measured.commands);
  const seconds = measured.seconds;
  const cost =
    seconds === undefined
      ? entry.cost
      : entry.cost === 0
        ? seconds
        : entry.cost + SMOOTHING * (seconds - entry.cost);
  const { operating, measuredAt = 0 } = measured;
  if (operating === undefined || measuredAt < entry.measuredAt) return { ...entry, inFlight, cost };
  return {
    ...entry,
    inFlight,
    cost,
    operating,
    measuredAt,
    resetAt: now + (measured.resetInMs ?? WINDOW_MS),
  };
}

/** The portal blocked the method (429): nothing more until the reset, which that answer does not carry. */
export function park(entry: LedgerEntry, resetAt: number | undefined, now: number): LedgerEntry {
  const known = resetAt ?? entry.resetAt;
  return { ...entry, parkedUntil: (known > now ? known : now + PARK_MS) + MARGIN_MS };
}
