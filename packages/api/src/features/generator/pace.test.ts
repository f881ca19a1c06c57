import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createPace } from "./pace.ts";

describe("how many batches are under way at once", () => {
  let now = 0;
  const after = (seconds: readonly number[]) => {
    const pace = createPace({ now: () => now });
    for (const one of seconds) {
      const done = pace.begin();
      now += one * 1_000;
      done();
    }
    return pace.lanes();
  };

  it("is one until it is known what a batch takes, and where it takes little", () => {
    assert.deepEqual([after([]), after([0.1, 0.12, 0.09])], [1, 1]);
  });

  it("is what two batches a second need, and never more than eight", () => {
    assert.deepEqual([after([0.6]), after([2, 2, 2]), after([60])], [2, 6, 8]);
  });

  it("follows a portal that gets slower or recovers", () => {
    assert.equal(after([0.1, ...Array(12).fill(2)]), 6);
    assert.equal(after([2, ...Array(20).fill(0.1)]), 1);
  });
});
