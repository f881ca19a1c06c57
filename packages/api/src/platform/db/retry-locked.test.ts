import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { retryLocked } from "./retry-locked.ts";

describe("work that is tried again", () => {
  const failing = (...codes: unknown[]) => {
    const pauses: number[] = [];
    const options = {
      tries: 3,
      pauseMs: 100,
      sleep: async (ms: number) => pauses.push(ms),
    };
    const result = retryLocked(options, async () => {
      if (codes.length === 0) return "done";
      throw Object.assign(new Error("refused"), { code: codes.shift() });
    });
    return { pauses, result };
  };

  it("succeeds once others stand in its way no more", async () => {
    const { pauses, result } = failing("40P01", "55P03");
    assert.equal(await result, "done");
    assert.deepEqual(pauses, [100, 100]);
  });

  it("fails at once of what would only come again", async () => {
    for (const code of ["23505", undefined]) {
      const { pauses, result } = failing(code);
      await assert.rejects(result, { message: "refused" });
      assert.deepEqual(pauses, []);
    }
  });

  it("gives up after as many tries as it was told", async () => {
    const { pauses, result } = failing("40P01", "40P01", "40P01", "40P01");
    await assert.rejects(result, { code: "40P01" });
    assert.deepEqual(pauses, [100, 100]);
  });
});
