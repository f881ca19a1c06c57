import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEventKeeper, type GivenEvent, type KeptEvent } from "./keep-events.ts";

const given = (event: string): GivenEvent => ({
  ...{ memberId: "m", host: "h", token: Buffer.from("t"), key: Buffer.from(event), event },
  ...{ entityId: null, userId: null, ts: null, data: "{}" },
});
const kept: KeptEvent = { portalId: 1, kind: "application" };

/** Statements that end when they are told to. */
function scriptedStore(
  fails: (events: readonly string[]) => string | null = () => null,
  rest = async () => {},
) {
  const batches: string[][] = [];
  const open: (() => void)[] = [];
  const keep = createEventKeeper(async (events) => {
    const names = events.map(({ event }) => event);
    batches.push(names);
    await new Promise<void>((resolve) => open.push(resolve));
    const fault = fails(names);
    if (fault) throw Object.assign(new Error(`no ${names}`), { code: fault });
    return names.map((name) => (name.startsWith("FOREIGN") ? null : kept));
  }, rest);
  const end = async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      open.shift()?.();
      await new Promise(setImmediate);
    }
  };
  return { batches, keep, end };
}

describe("events that are kept together", () => {
  it("go alone while it is quiet", async () => {
    const { batches, keep, end } = scriptedStore();
    for (const name of ["E1", "E2"]) {
      const one = keep(given(name));
      await end();
      assert.deepEqual(await one, kept);
    }
    assert.deepEqual(batches, [["E1"], ["E2"]]);
  });

  it("go together where they come in one turn, and while others are being written", async () => {
    const { batches, keep, end } = scriptedStore();
    const first = Array.from({ length: 300 }, (_, n) => keep(given(`E${n}`)));
    await new Promise(setImmediate);
    const all = [...first, ...["E300", "E301"].map((name) => keep(given(name)))];
    await end();
    assert.deepEqual(
      await Promise.all(all),
      all.map(() => kept),
    );
    assert.deepEqual(
      batches.map(({ length }) => length),
      [200, 102],
    );
    assert.deepEqual(
      batches.flat(),
      Array.from({ length: 302 }, (_, n) => `E${n}`),
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

  it("gather while the last statement rests", async () => {
    let wake = (): void => {};
    const { batches, keep, end } = scriptedStore(undefined, () => new Promise((resolve) => (wake = resolve)));
    const first = keep(given("E1"));
    await end();
    assert.deepEqual(await first, kept, "it did not wait for the rest");
    const more = ["E2", "E3"].map((name) => keep(given(name)));
    await end();
    assert.deepEqual(batches, [["E1"]]);
    wake();
    await end();
    assert.deepEqual(
      [await Promise.all(more), batches],
      [
        [kept, kept],
        [["E1"], ["E2", "E3"]],
      ],
    );
  });

  it("do not fail for another's sake", async () => {
    const { keep, end } = scriptedStore((names) => (names.includes("BAD") ? "22021" : null));
    const all = ["E1", "E2", "E3", "BAD", "E4"].map((name) => keep(given(name)));
    const settled = Promise.allSettled(all);
    await end();
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"],
    );
  });

  it("are each told when the database does not serve, at once, and those that come later are kept", async () => {
    let down = true;
    const { batches, keep, end } = scriptedStore(() => (down ? "ECONNREFUSED" : null));
    const all = Array.from({ length: 50 }, (_, n) => keep(given(`E${n}`)));
    const settled = Promise.allSettled(all);
    await end();
    assert.deepEqual(new Set((await settled).map(({ status }) => status)), new Set(["rejected"]));
    assert.equal(batches.length, 1, "it was asked once");
    down = false;
    const later = keep(given("LATER"));
    await end();
    assert.deepEqual(await later, kept);
  });
});
