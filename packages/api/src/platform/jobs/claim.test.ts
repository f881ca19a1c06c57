import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { type Claim, ClaimLost, requireClaim, withClaim } from "./claim.ts";

let testDatabase: TestDatabase;
before(async () => {
  testDatabase = await createTestDatabase();
});
after(() => testDatabase.drop());

test("while a key is held nobody else gets it; afterwards the fence has grown", async () => {
  const { db } = testDatabase;
  const first = await withClaim(db, "k", async (claim) => {
    assert.deepEqual(await withClaim(db, "k", async () => "second"), { claimed: false });
    assert.equal((await withClaim(db, "other", async () => "free")).claimed, true);
    await db.transaction((client) => requireClaim(client, claim));
    return claim.fence;
  });
  assert.ok(first.claimed);
  const second = await withClaim(db, "k", async ({ fence }) => fence);
  assert.ok(second.claimed && second.result === first.result + 1);
});

test("what the work throws is thrown on and the key is free again", async () => {
  const { db } = testDatabase;
  const failing = withClaim(db, "t", async () => {
    throw new Error("mine");
  });
  await assert.rejects(failing, /mine/);
  assert.equal((await withClaim(db, "t", async () => 1)).claimed, true);
});

test("a broken connection aborts the work, frees the key, and the old holder may not write", async () => {
  const { db } = testDatabase;
  let stale: Claim | undefined;
  await withClaim(db, "b", async (claim) => {
    stale = claim;
    const broken = new Promise<void>((resolve) => claim.signal.addEventListener("abort", () => resolve()));
    const killed = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    await db.pool.query(killed);
    await broken;
    const taken = await withClaim(db, "b", async ({ fence }) => fence);
    assert.ok(taken.claimed && taken.result > claim.fence);
  });
  await assert.rejects(
    db.transaction((client) => requireClaim(client, stale!)),
    ClaimLost,
  );
  // Also one that has not heard of the break yet.
  const deaf = { ...stale!, signal: new AbortController().signal };
  await assert.rejects(
    db.transaction((client) => requireClaim(client, deaf)),
    ClaimLost,
  );
});

test("a holder without a sign of life loses the key after its lease, and one with signs does not", async () => {
  const { db } = testDatabase;
  await withClaim(db, "s", async (claim) => {
    assert.equal((await withClaim(db, "s", async () => "alive", { leaseMs: 15_000 })).claimed, false);
    // As if the process had been stopped a minute ago.
    await db.pool.query(
      "UPDATE b24kit.jobs_leases SET renewed_at = now() - interval '1 minute' WHERE key = 's'",
    );
    const broken = new Promise<void>((resolve) => claim.signal.addEventListener("abort", () => resolve()));
    const taken = await withClaim(db, "s", async ({ fence }) => fence);
    assert.ok(taken.claimed && taken.result > claim.fence);
    await broken;
    const deaf = { ...claim, signal: new AbortController().signal };
    await assert.rejects(
      db.transaction((client) => requireClaim(client, deaf)),
      ClaimLost,
    );
  });
});
