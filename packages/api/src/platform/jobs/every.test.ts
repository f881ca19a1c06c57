import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogger } from "../log/logger.ts";
import { every, type Timers } from "./every.ts";

const log = createLogger({ level: "silent", form: "json" });

/** Timers that go off when told. */
function virtualTimers() {
  const waiting = new Map<number, { fn: () => void; ms: number }>();
  let last = 0;
  const timers: Timers = {
    setTimeout(fn, ms) {
      last += 1;
      waiting.set(last, { fn, ms });
      return last;
    },
    clearTimeout(timer: number) {
      waiting.delete(timer);
    },
  };
  return {
    timers,
    waiting,
    fire() {
      const [entry] = waiting;
      assert.ok(entry);
      waiting.delete(entry[0]);
      entry[1].fn();
    },
  };
}

/** Runs that end when told. */
function heldRuns() {
  const held = {
    runs: 0,
    finish: () => {},
    run: () => {
      held.runs += 1;
      return new Promise<void>((resolve) => {
        held.finish = resolve;
      });
    },
  };
  return held;
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test("runs at once, then so long after each end, also after a failure", async () => {
  const clock = virtualTimers();
  let runs = 0;
  const loop = every(
    5_000,
    async () => {
      runs += 1;
      if (runs === 2) throw new Error("no");
    },
    { log, name: "t", timers: clock.timers },
  );
  await settle();
  assert.equal(runs, 1);
  clock.fire();
  await settle();
  clock.fire();
  await settle();
  assert.equal(runs, 3);
  assert.deepEqual(
    [...clock.waiting.values()].map(({ ms }) => ms),
    [5_000],
  );
  await loop.stop();
  assert.equal(clock.waiting.size, 0);
});

test("never overlaps, and stopping waits for the run under way", async () => {
  const clock = virtualTimers();
  const held = heldRuns();
  const loop = every(1, held.run, { log, name: "t", timers: clock.timers });
  loop.wake();
  assert.equal(held.runs, 1);
  let stopped = false;
  const stopping = loop.stop().then(() => {
    stopped = true;
  });
  await settle();
  assert.equal(stopped, false);
  held.finish();
  await stopping;
  assert.deepEqual([held.runs, clock.waiting.size], [1, 0]);
});

test("is woken at once, and once more after a run that may have looked too early", async () => {
  const clock = virtualTimers();
  const held = heldRuns();
  const loop = every(5_000, held.run, { log, name: "t", timers: clock.timers });
  loop.wake();
  loop.wake();
  assert.equal(held.runs, 1);
  held.finish();
  await settle();
  assert.equal(held.runs, 2, "one more for both");
  held.finish();
  await settle();
  assert.deepEqual([held.runs, clock.waiting.size], [2, 1], "then it rests");
  loop.wake();
  assert.deepEqual([held.runs, clock.waiting.size], [3, 0]);
  held.finish();
  await loop.stop();
});
