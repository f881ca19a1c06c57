import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inLanes } from "./lanes.ts";

/** Items that end when they are told to. */
function gates() {
  const open: Record<number, { end(): void; fail(): void }> = {};
  const begun: number[] = [];
  const work = (item: number) =>
    new Promise<void>((resolve, reject) => {
      begun.push(item);
      open[item] = { end: resolve, fail: () => reject(new Error(`item ${item}`)) };
    });
  return { open, begun, work };
}
const upTo = (last: number) => {
  let item = 0;
  return () => (item < last ? ++item : undefined);
};
const settled = () => new Promise(setImmediate);

describe("lanes", () => {
  it("work on as many items at a time as they are allowed just then", async () => {
    const { open, begun, work } = gates();
    let width = 1;
    const all = inLanes(upTo(5), () => width, work);
    assert.deepEqual(begun, [1]);
    width = 3;
    open[1]!.end();
    await settled();
    assert.deepEqual(begun, [1, 2, 3, 4]);
    width = 1;
    open[2]!.end();
    open[3]!.end();
    await settled();
    assert.deepEqual(begun, [1, 2, 3, 4]);
    open[4]!.end();
    await settled();
    open[5]!.end();
    await all;
  });

  it("begin nothing after a failure, but wait for what is under way", async () => {
    const { open, begun, work } = gates();
    let over = false;
    const all = inLanes(upTo(9), () => 2, work);
    const rejected = assert.rejects(
      all.finally(() => (over = true)),
      /item 2/,
    );
    open[2]!.fail();
    await settled();
    assert.deepEqual([begun, over], [[1, 2], false]);
    open[1]!.fail();
    await rejected;
    assert.deepEqual(begun, [1, 2]);
  });
});
