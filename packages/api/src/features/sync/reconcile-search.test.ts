import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Counted, type KnownRange, searchRanges } from "./reconcile-search.ts";

/** A portal that has these ids, ascending, and counts ranges of them. */
function createSource(ids: readonly number[]) {
  const lowerBound = (id: number) => {
    let [low, high] = [0, ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return ({ lo, hi }: KnownRange): Counted => {
    const [from, to] = [lowerBound(lo + 1), lowerBound(hi + 1)];
    return { total: to - from, listed: ids.slice(from, Math.min(to, from + 50)) };
  };
}

/** Searches from fifty equal ranges on; answers what was found and with how many requests. */
function search(mirror: readonly number[], source: readonly number[]) {
  const count = createSource(source);
  const each = Math.ceil(mirror.length / 50);
  const first: { range: KnownRange; counted: Counted }[] = [];
  for (let at = 0; at < mirror.length; at += each) {
    const ids = mirror.slice(at, at + each);
    const range = { lo: at === 0 ? 0 : mirror[at - 1]!, hi: ids.at(-1)!, ids };
    first.push({ range, counted: count(range) });
  }
  const searching = searchRanges(first);
  let requests = 1;
  for (let ranges = searching.next(); ranges.length > 0; ranges = searching.next()) {
    assert.ok(ranges.length <= 50);
    requests += 1;
    searching.learn(ranges.map(count));
  }
  return { ...searching.findings(), requests };
}

const upTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1);

/** So many of the ids, scattered alike for the same seed. */
function scatter(count: number, total: number, seed: number): Set<number> {
  const picked = new Set<number>();
  for (let state = seed; picked.size < count; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    picked.add(1 + (state % total));
  }
  return picked;
}

describe("records that vanished without a word", () => {
  for (const [deleted, goal] of [
    [0, 1],
    [1, 2],
    [25, 5],
    [200, 24],
  ] as const) {
    it(`are found, ${deleted} of 100,000, with at most ${goal} requests`, () => {
      const mirror = upTo(100_000);
      for (let seed = 1; seed <= 5; seed++) {
        const gone = scatter(deleted, 100_000, seed * 7_919);
        const found = search(
          mirror,
          mirror.filter((id) => !gone.has(id)),
        );
        assert.deepEqual([found.gone, found.unread], [[...gone].sort((a, b) => a - b), []]);
        assert.ok(found.requests <= goal, `${found.requests} requests`);
      }
    });
  }

  it("are found wherever they are, and so are records that the mirror lacks", () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 1_500 });
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 40 }), (some, gap) => {
        const mirror = some.toSorted((a, b) => a - b);
        const gone = new Set(mirror.filter((_, at) => at % gap === 3));
        const found = search(
          mirror,
          mirror.filter((id) => !gone.has(id)),
        );
        assert.deepEqual(found.gone, [...gone]);
        assert.deepEqual(found.unread, []);
        const lacking = search(
          mirror.filter((id) => !gone.has(id)),
          mirror.filter((id) => id <= (mirror.findLast((one) => !gone.has(one)) ?? 0)),
        );
        assert.deepEqual(lacking.gone, []);
        for (const id of gone) {
          const below = id < (mirror.findLast((one) => !gone.has(one)) ?? 0);
          const covered = lacking.unread.some(({ lo, hi }) => id > lo && id <= hi);
          assert.equal(covered, below && mirror.length > gone.size, `id ${id}`);
        }
      }),
      { numRuns: 60 },
    );
  });
});
