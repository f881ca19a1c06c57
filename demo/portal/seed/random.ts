/** A small seeded generator. One record owns one generator, so that records do not depend on each other. */
export class Random {
  #state: number;

  constructor(seed: number, stream: string, id: number) {
    let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(id + 0x165667b1, 0xc2b2ae35);
    for (let i = 0; i < stream.length; i++) hash = Math.imul(hash ^ stream.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    this.#state = (hash ^ (hash >>> 13)) >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number between `from` and `to`, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  /** Picks by weight: `[["RUB", 9], ["USD", 1]]`. */
  weighted<T>(list: readonly (readonly [T, number])[]): T {
    let total = 0;
    for (const [, weight] of list) total += weight;
    let left = this.next() * total;
    for (const [value, weight] of list) {
      left -= weight;
      if (left < 0) return value;
    }
    return (list.at(-1) as readonly [T, number])[0];
  }

  /** Up to `most` different members, at least `least`, in the list's order. */
  some<T>(list: readonly T[], least: number, most: number): T[] {
    const wanted = this.int(least, Math.min(most, list.length));
    const chosen = new Set<number>();
    while (chosen.size < wanted) chosen.add(this.int(0, list.length - 1));
    return [...chosen].sort((a, b) => a - b).map((i) => list[i] as T);
  }
}
