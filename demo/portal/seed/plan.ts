import { DAY, type Zone } from "../zone.ts";
import type { Random } from "./random.ts";

export interface Counts {
  deals: number;
  contacts: number;
  companies: number;
  leads: number;
  users: number;
}

export const DEFAULT_COUNTS: Counts = {
  deals: 10_000,
  contacts: 4_000,
  companies: 1_500,
  leads: 2_000,
  users: 82,
};

/** All that a seeded record depends on, besides its own ID. */
export interface SeedPlan {
  seed: number;
  counts: Counts;
  /** First moment of the day on which the portal's story ends; milliseconds since the epoch. */
  anchor: number;
  zone: Zone;
}

/** Days of history that end at the anchor. */
export const HISTORY_DAYS = 730;

/** A working-hours moment in the two years before the anchor: more of them lately, fewer in January and August. */
export function pastMoment(plan: SeedPlan, random: Random): number {
  let at = drawMoment(plan, random);
  const month = new Date(at).getUTCMonth();
  if ((month === 0 || month === 7) && random.chance(0.5)) at = drawMoment(plan, random);
  return at;
}

function drawMoment(plan: SeedPlan, random: Random): number {
  // The density grows evenly, threefold from the first day to the last.
  const place = (Math.sqrt(1 + 8 * random.next()) - 1) / 2;
  let day = Math.min(HISTORY_DAYS - 1, Math.floor(place * HISTORY_DAYS));
  const weekday = new Date(plan.anchor + plan.zone.offset * 60_000 - (HISTORY_DAYS - day) * DAY).getUTCDay();
  if ((weekday === 0 || weekday === 6) && random.chance(0.8)) day = Math.max(0, day - 2);
  return plan.anchor - (HISTORY_DAYS - day) * DAY + random.int(9 * 3600, 19 * 3600 - 1) * 1000;
}

/** A moment between `from` and the anchor, most often soon after `from`; at most `days` later. */
export function laterMoment(plan: SeedPlan, random: Random, from: number, days: number): number {
  const span = Math.min(days * DAY, plan.anchor - 1000 - from);
  return span <= 0 ? from : from + Math.floor((random.next() ** 2 * span) / 1000) * 1000;
}
