/** Random numbers that are the same for the same seed: mulberry32. */
export interface Chance {
  /** From 0 up to, not with, 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(lowest: number, highest: number): number;
  pick<T>(items: readonly T[]): T;
  /** True in this share of cases. */
  happens(share: number): boolean;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (lowest: number, highest: number) => lowest + Math.floor(next() * (highest - lowest + 1));
  return { next, int, pick: (items) => items[int(0, items.length - 1)]!, happens: (share) => next() < share };
}
