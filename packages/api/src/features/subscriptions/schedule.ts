/** Seconds from an attempt to the next, by the Standard Webhooks specification: ten attempts in about three days. */
const PAUSES = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** An address that says when to come again is heeded up to a day. */
const LONGEST_WISH = 86_400;

/** Messages that failed together do not all come again together. */
const SPREAD = 0.2;

/**
 * Seconds until the next attempt after the `attempts`-th failed; null where it was the last. `random` from 0 up to 1.
 */
export function pauseAfter(attempts: number, wish: number | null, random: number): number | null {
  const pause = PAUSES[attempts - 1];
  if (pause === undefined) return null;
  const spread = pause * (1 + SPREAD * (random - 0.5));
  return Math.max(spread, Math.min(wish ?? 0, LONGEST_WISH));
}

/** An address is switched off when nothing has arrived for so long, and so often. */
export const GIVE_UP = { failures: 10, hours: 24 };
