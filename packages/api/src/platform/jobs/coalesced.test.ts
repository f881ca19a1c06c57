import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coalesced } from "./coalesced.ts";

/** Work that ends when it is told to. */
function held() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const turns = coalesced((key: string) => {
    begun.push(key);
    return new Promise<void>((resolve) => ends.push(resolve));
  });
  /** Ends the piece that began `n`-th and lets what follows begin. */
  const end = async (n: number) => {
    ends[n]!();
    await new Promise(setImmediate);
  };
  return { begun, end, turns };
}

describe("work by key", () => {
  it("is done one piece at a time, once more however often it was asked for meanwhile", async () => {
    const { begun, end, turns } = held();
    turns.ask("one");
    turns.ask("one");
    turns.ask("one");
    assert.deepEqual(begun, ["one"]);
    await end(0);
    assert.deepEqual(begun, ["one", "one"]);
    await end(1);
    assert.deepEqual(begun, ["one", "one"]);
    turns.ask("one");
    assert.deepEqual(begun, ["one", "one", "one"]);
  });

  it("of different keys is done side by side", () => {
    const { begun, turns } = held();
    turns.ask("one");
    turns.ask("two");
    assert.deepEqual(begun, ["one", "two"]);
  });

  it("begins no more after the stop, which waits for what is under way", async () => {
    const { begun, end, turns } = held();
    turns.ask("one");
    turns.ask("one");
    let stopped = false;
    const stopping = turns.stop().then(() => {
      stopped = true;
    });
    turns.ask("two");
    await new Promise(setImmediate);
    assert.equal(stopped, false);
    await end(0);
    await stopping;
    assert.deepEqual(begun, ["one"]);
  });
});
