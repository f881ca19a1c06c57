import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEventKeeper, type GivenEvent, type KeptEvent } from "./keep-events.ts";

const given = (event: string): GivenEvent => ({
  ...{ memberId: "m", host: "h", token: Buffer.from("t"), key: Buffer.from(event), event },
  ...{ entityId: null, userId: null, ts: null, data: "{}" },
});
const kept: KeptEvent = { portalId: 1, kind: "application", fresh: true };

/** Statements that end when they are told to. */
function scriptedStore(fails: (events: readonly string[]) => boolean = () => false) {
  const batches: string[][] = [];
  const open: (() => void)[] = [];
  const keep = createEventKeeper(async (events) => {
    const names = events.map(({ event }) => event);
    batches.push(names);
    await new Promise<void>((resolve) => open.push(resolve));
    if (fails(names)) throw new Error(`no ${names}`);
    return names.map((name) => (name.startsWith("FOREIGN") ? null : kept));
  });
  const end = async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      open.shift()?.();
      await new Promise(setImmediate);
    }
  };
  return { batches, keep, end };
}

describe("events that are kept together", () => {
  it("go alone while it is quiet, and in batches while others are being written", async () => {
    const { batches, keep, end } = scriptedStore();
    const all = Array.from({ length: 300 }, (_, n) => keep(given(`E${n}`)));
    await end();
    assert.deepEqual(
      await Promise.all(all),
      all.map(() => kept),
    );
    assert.deepEqual(
      batches.map(({ length }) => length),
      [1, 1, 200, 98],
    );
    assert.deepEqual(
      batches.flat(),
      Array.from({ length: 300 }, (_, n) => `E${n}`),
      "in their order",
    );
  });

  it("are answered only after their statement has ended, each with its own outcome", async () => {
    const { keep, end } = scriptedStore();
    let answered = 0;
    const all = ["E1", "FOREIGN", "E2", "FOREIGN2"].map((name) =>
      keep(given(name)).finally(() => answered++),
    );
    await new Promise(setImmediate);
    assert.equal(answered, 0);
    await end();
    assert.deepEqual(await Promise.all(all), [kept, null, kept, null]);
  });

  it("do not fail for another's sake", async () => {
    const { keep, end } = scriptedStore((names) => names.includes("BAD"));
    const all = ["E1", "E2", "E3", "BAD", "E4"].map((name) => keep(given(name)));
    const settled = Promise.allSettled(all);
    await end();
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"],
    );
  });
});
