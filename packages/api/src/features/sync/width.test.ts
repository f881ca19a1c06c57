import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Answered, createWidth } from "./width.ts";

const slow: Answered = { portal: 10, page: 0.2, own: 0.3 };

describe("how many readers a run has", () => {
  const after = (requests: readonly (Answered | "failed")[], most = 8) => {
    const width = createWidth(() => most);
    for (const one of requests) {
      if (one === "failed") width.failed();
      else width.answered(one);
    }
    return width.now();
  };
  const times = (n: number, one: Answered) => Array<Answered>(n).fill(one);

  it("is one until something came, then four, then one more with every answer, and no more than it may have", () => {
    assert.deepEqual([after([]), after([slow]), after(times(3, slow)), after(times(50, slow))], [1, 4, 6, 8]);
    assert.equal(after(times(50, slow), 3), 3);
  });

  it("is two where the portal answers sooner than we can write", () => {
    assert.equal(after(times(50, { portal: 0.01, page: 0.0002, own: 0.3 })), 2);
  });

  it("goes back when pages get slower, once for all that are under way, and comes again", () => {
    const tired = times(8, { ...slow, portal: 20, page: 0.4 });
    assert.equal(after([...times(20, slow), tired[0]!]), 6);
    assert.equal(after([...times(20, slow), ...tired.slice(0, 6)]), 6);
    assert.equal(after([...times(20, slow), tired[0]!, ...times(3, slow)]), 8);
  });

  it("is halved when requests break, once for all that are under way", () => {
    assert.equal(after([...times(20, slow), "failed", "failed", "failed"]), 4);
  });

  it("learns nothing of what a page takes from a request with hardly any", () => {
    assert.equal(after([...times(20, slow), { ...slow, page: null }]), 8);
  });
});
