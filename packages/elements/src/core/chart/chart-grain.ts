import type { ClockPart } from "./axis-places.ts";
import type { Grain } from "./time-grain.ts";

/** Step of an axis: a period, or the parts of a day and a week that repeat. */
export type ChartGrain = Grain | "weekday" | "hour-of-day";

const PARTS: Partial<Record<ChartGrain, ClockPart>> = { weekday: "weekday", "hour-of-day": "hour" };

export const partOf = (grain: ChartGrain | undefined): ClockPart | undefined => grain && PARTS[grain];

export const periodOf = (grain: ChartGrain | undefined): Grain | undefined =>
  partOf(grain) ? undefined : (grain as Grain | undefined);
