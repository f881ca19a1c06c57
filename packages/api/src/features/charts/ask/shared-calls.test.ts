import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { shareCalls } from "./shared-calls.ts";

/** A promise, and what ends it. */
function gate<T>() {
  let open!: (value: T) => void;
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("calls that are shared", () => {
  const { signal } = new AbortController();
  const asIs = async (value: number) => value;

  it("run once for all who come until the last has used the result", async () => {
    const calls = shareCalls<number>();
    const [result, kept] = [gate<number>(), gate<void>()];
    let runs = 0;
    const run = () => {
      runs += 1;
      return result.opened;
    };
    const first = calls.join("a", signal, run, async (value) => {
      await kept.opened;
      return value;
    });
    const second = calls.join("a", signal, run, asIs);
    result.open(7);
    assert.equal(await second, 7);
    assert.equal(await calls.join("a", signal, run, asIs), 7, "the first still writes down what it got");
    assert.equal(runs, 1);
    kept.open();
    assert.equal(await first, 7);
    await calls.join("a", signal, run, asIs);
    assert.equal(runs, 2);
  });

  it("end when everybody has left, and not before", async () => {
    const calls = shareCalls<number>();
    const [one, other] = [new AbortController(), new AbortController()];
    let ended = false;
    const run = (until: AbortSignal) =>
      new Promise<number>((_, reject) => {
        until.addEventListener("abort", () => {
          ended = true;
          reject(until.reason);
        });
      });
    const waits = [one, other].map((who) => calls.join("a", who.signal, run, asIs));
    one.abort(new Error("left"));
    await assert.rejects(waits[0]!, /left/);
    assert.equal(ended, false);
    other.abort(new Error("gone"));
    await assert.rejects(waits[1]!, /gone/);
    assert.equal(ended, true);
  });

  it("are not shared after a failure", async () => {
    const calls = shareCalls<number>();
    await assert.rejects(
      calls.join("a", signal, () => Promise.reject(new Error("down")), asIs),
      /down/,
    );
    assert.equal(await calls.join("a", signal, async () => 1, asIs), 1);
  });
});
