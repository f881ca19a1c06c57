import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { findSplit } from "./split.ts";
import { type OpenPartition, openPartition } from "./store/partitions.ts";

const partition = (no: number, cursor: number, hi: number, left: number | null): OpenPartition => ({
  ...openPartition({ no, kind: "range", lo: 0, hi, cursor }),
  left,
});

describe("the part that another reader takes", () => {
  it("is the further half of the largest, in whole requests where there are no holes", () => {
    const split = findSplit([partition(1, 0, 10_000, 10_000), partition(2, 10_000, 22_500, 12_500)], 2_500);
    assert.deepEqual([split?.from.no, split?.at], [2, 17_500]);
  });

  it("is all that is not on its way, where that is one request", () => {
    assert.equal(findSplit([partition(1, 0, 5_000, 5_000)], 2_500)?.at, 2_500);
  });

  it("is nothing where the rest is on its way, unknown, just being cut, or no range", () => {
    const none = [
      partition(1, 0, 2_600, 2_600),
      partition(2, 0, 90_000, null),
      { ...partition(3, 0, 90_000, 90_000), splitting: true },
      { ...partition(4, 0, 90_000, 90_000), kind: "modified" as const },
    ];
    assert.equal(findSplit(none, 2_500), null);
  });

  it("lies within the partition, whatever its holes", () => {
    const any = fc.record({
      cursor: fc.nat(1_000_000),
      span: fc.integer({ min: 1, max: 5_000_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      inRequest: fc.integer({ min: 50, max: 2_500 }),
    });
    fc.assert(
      fc.property(any, ({ cursor, span, share, inRequest }) => {
        const split = findSplit([partition(1, cursor, cursor + span, Math.round(span * share))], inRequest);
        if (split) assert.ok(split.at > cursor && split.at < cursor + span);
      }),
    );
  });
});
