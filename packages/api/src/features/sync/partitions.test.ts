import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { cutRanges } from "./partitions.ts";

describe("ranges of ids", () => {
  it("cover every id once, from zero to the highest, without a gap", () => {
    const extent = fc
      .tuple(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.integer({ min: 0, max: 5_000_000 }),
        fc.double({ min: 0.0001, max: 1, noNaN: true }),
      )
      .map(([lowest, span, density]) => ({
        lowest,
        highest: lowest + span,
        total: Math.max(1, Math.round((span + 1) * density)),
      }));
    fc.assert(
      fc.property(extent, fc.integer({ min: 1, max: 8 }), (one, readers) => {
        const ranges = cutRanges(one, { readers, inRequest: 2_500 });
        assert.equal(ranges[0]?.lo, 0);
        assert.equal(ranges.at(-1)?.hi, one.highest);
        for (const [at, range] of ranges.entries()) {
          assert.ok(range.lo < range.hi);
          if (at > 0) assert.equal(range.lo, ranges[at - 1]?.hi);
        }
        assert.ok(
          ranges.length <= Math.ceil(one.total / 2_000) + 2,
          `${ranges.length} ranges for ${one.total} rows`,
        );
      }),
    );
  });

  it("are whole requests where there are no holes", () => {
    const ranges = cutRanges({ lowest: 1, highest: 10_000, total: 10_000 }, { readers: 3, inRequest: 2_500 });
    assert.deepEqual(
      ranges.map(({ hi }) => hi),
      [2500, 5000, 7500, 10_000],
    );
    const large = cutRanges(
      { lowest: 1, highest: 1_000_000, total: 1_000_000 },
      { readers: 3, inRequest: 2_500 },
    );
    assert.equal(large[0]?.hi, 9_950);
  });

  it("are none for an empty portal", () => {
    assert.deepEqual(cutRanges({ lowest: 0, highest: 0, total: 0 }, { readers: 3, inRequest: 2_500 }), []);
  });
});
