/** One measured promise: a ratio or a count of one run, never milliseconds, which belong to the machine. */
export interface Goal {
  readonly id: string;
  readonly what: string;
  readonly target: string;
  readonly value: number;
  readonly verdict: "pass" | "miss" | "n/a";
}

/** What one part of the bench came to; `details` is whatever explains its goals. */
export interface Measured {
  readonly goals: readonly Goal[];
  readonly details: Readonly<Record<string, unknown>>;
}

export const atMost = (id: string, what: string, value: number, target: number): Goal =>
  goal(id, what, `<= ${target}`, value, value <= target);

export const atLeast = (id: string, what: string, value: number, target: number): Goal =>
  goal(id, what, `>= ${target}`, value, value >= target);

/** A goal set for a larger measurement than this one: missing it here says nothing. */
export const orTooSmall = (made: Goal, tooSmall: boolean): Goal =>
  tooSmall && made.verdict === "miss" ? { ...made, verdict: "n/a" } : made;

function goal(id: string, what: string, target: string, value: number, met: boolean): Goal {
  const short = target.replace(/(\d\.\d{3})\d+/, "$1");
  return { id, what, target: short, value: Math.round(value * 1000) / 1000, verdict: met ? "pass" : "miss" };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
