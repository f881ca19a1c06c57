import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./outcome.ts";
import { pauseAfter } from "./schedule.ts";

describe("the pauses between attempts", () => {
  it("grow over about three days, and end", () => {
    const pauses = Array.from({ length: 11 }, (_, i) => pauseAfter(i + 1, null, 0.5));
    assert.deepEqual(pauses.slice(0, 3), [5, 300, 1_800]);
    assert.deepEqual(pauses.slice(9), [null, null]);
    const days = pauses.reduce<number>((sum, pause) => sum + (pause ?? 0), 0) / 86_400;
    assert.ok(days > 2.5 && days < 3.5, String(days));
  });

  it("are spread, so that messages that failed together do not come again together", () => {
    assert.deepEqual([pauseAfter(2, null, 0), pauseAfter(2, null, 1)], [270, 330]);
  });

  it("heed a wish, but not for ever, and never hurry for it", () => {
    assert.equal(pauseAfter(1, 120, 0.5), 120);
    assert.equal(pauseAfter(2, 1, 0.5), 300);
    assert.equal(pauseAfter(1, 10_000_000, 0.5), 86_400);
  });
});

describe("an answer", () => {
  it("is a delivery only with 2xx", () => {
    for (const status of [200, 201, 204, 299])
      assert.equal(judge({ status, retryAfter: null }).delivered, true);
    for (const status of [0, 199, 301, 302, 400, 404, 500]) {
      const { delivered, error } = judge({ status, retryAfter: null });
      assert.deepEqual([delivered, error?.code], [false, "outgoing_refused"], String(status));
    }
    assert.equal(judge({ status: 410, retryAfter: null }).gone, true);
    assert.deepEqual(
      [429, 503, 500].map((status) => judge({ status, retryAfter: 9 }).wish),
      [9, 9, null],
    );
  });
});
