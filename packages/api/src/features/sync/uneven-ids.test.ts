import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { assertMirrorEquals } from "../../../../../test/mirror-equals.ts";
import { openRig, type Rig } from "../../../../../test/sync-rig.ts";

let rig: Rig;
before(async () => {
  rig = await openRig(
    { counts: { deals: 6_000, contacts: 10, companies: 10, leads: 10 } },
    { settings: { batchSize: 4, readers: 8 } },
  );
  rig.portal.control.limits({ rate: { enabled: false } });
});
after(() => rig.close());

it("readers that have nothing left take their part of what others read, and nothing is read twice or left out", async () => {
  // Nearly all records lie in the first quarter of the ids, so that partitions of equal width are anything but equal.
  const gone = rig.portal.control
    .records({ entity: "deal", limit: 10_000 })
    .map(({ ID }) => Number(ID))
    .filter((id) => id > 1_500 && id % 100 > 0);
  for (let at = 0; at < gone.length; at += 50) {
    const cmd = Object.fromEntries(
      gone.slice(at, at + 50).map((id) => [`d${id}`, `crm.deal.delete?id=${id}`]),
    );
    await fetch(`${rig.portal.webhookUrl}batch`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ cmd }),
    });
  }
  // Pages that take their time, on busy cores too, so that the readers are not held up by each other.
  rig.portal.control.limits({ cost: { pageSeconds: 0.4, real: true } });
  const run = await rig.run("deal");
  assert.deepEqual([run.state, run.error, run.rowsRead], ["completed", null, 6_000 - gone.length]);
  await assertMirrorEquals(rig.db, rig.portal, "deal");

  const { rows: parts } = await rig.db.pool.query<{ lo: number; hi: number; done: boolean; cursor: number }>(
    "SELECT lo::int, hi::int, done, cursor::int FROM b24kit.sync_partitions ORDER BY lo",
  );
  for (const [at, { lo, hi, done, cursor }] of parts.entries()) {
    assert.deepEqual([done, cursor], [true, hi]);
    assert.equal(lo, at === 0 ? 0 : parts[at - 1]!.hi, "the parts adjoin");
  }
  const { rows: planned } = await rig.db.pool.query(
    "SELECT (details ->> 'partitions')::int AS parts FROM b24kit.sync_logs WHERE code = 'run_planned'",
  );
  assert.ok(parts.length > planned[0].parts, `${parts.length} parts, ${planned[0].parts} planned`);
});
