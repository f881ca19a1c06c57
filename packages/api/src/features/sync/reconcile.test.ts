import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { EntityStatus } from "@b24kit/client/contract";
import { assertMirrorEquals } from "../../../../../test/mirror-equals.ts";
import { type Oddities, oddFetch } from "../../../../../test/odd-portal.ts";
import { openRig, type Rig, whenEnded } from "../../../../../test/sync-rig.ts";

const DEALS = 6_000;

describe("a comparison of both sides", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: DEALS, contacts: 300, companies: 10, leads: 10 } });
    rig.portal.control.limits({ rate: { enabled: false } });
    assert.equal((await rig.run("deal")).state, "completed");
    assert.equal((await rig.run("contact")).state, "completed");
  });
  after(() => rig.close());

  const status = async (entity: string): Promise<EntityStatus> =>
    (await rig.sync.status(rig.portalId)).entities.find((one) => one.entity === entity)!;
  const counted = async (entity: string) => {
    const { source, mirror, deleted, withheld } = (await status(entity)).reconcile!;
    return { source, mirror, deleted, withheld };
  };

  async function remove(entity: string, ids: readonly number[]): Promise<void> {
    for (let at = 0; at < ids.length; at += 50) {
      const cmd = Object.fromEntries(
        ids.slice(at, at + 50).map((id) => [id, `crm.${entity}.delete?id=${id}`]),
      );
      const answer = await fetch(`${rig.portal.webhookUrl}batch`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ cmd }),
      });
      assert.ok(answer.ok);
    }
  }

  it("takes one request where nothing is gone, and says that both are equal", async () => {
    assert.equal((await status("deal")).reconcile, undefined);
    const run = await rig.run("deal", "reconcile");
    assert.deepEqual([run.state, run.type, run.requests, run.rowsWritten], ["completed", "reconcile", 1, 0]);
    assert.deepEqual(await counted("deal"), { source: DEALS, mirror: DEALS, deleted: 0, withheld: 0 });
  });

  it("F13: finds 25 scattered deletions with at most six requests", async () => {
    await remove(
      "deal",
      Array.from({ length: 25 }, (_, at) => 17 + at * 237),
    );
    const run = await rig.run("deal", "reconcile");
    assert.equal(run.state, "completed");
    assert.ok(run.requests <= 6, `${run.requests} requests`);
    assert.deepEqual(await counted("deal"), { source: 5_975, mirror: 5_975, deleted: 25, withheld: 0 });
    await assertMirrorEquals(rig.db, rig.portal, "deal");
    const { rows } = await rig.db.pool.query(
      "SELECT DISTINCT _deleted_by AS by FROM crm.deals WHERE _deleted_at IS NOT NULL",
    );
    assert.deepEqual(rows, [{ by: "reconcile" }]);
  });

  it("lists all ids where much is gone", async () => {
    await remove(
      "deal",
      Array.from({ length: 90 }, (_, at) => 3_001 + at * 3),
    );
    const run = await rig.run("deal", "reconcile");
    assert.ok(run.requests <= 6, `${run.requests} requests`);
    assert.equal((await counted("deal")).deleted, 90);
    await assertMirrorEquals(rig.db, rig.portal, "deal");
  });

  it("reads what the mirror lacks", async () => {
    await rig.db.pool.query("DELETE FROM crm.deals WHERE id IN (100, 101, 4000)");
    const run = await rig.run("deal", "reconcile");
    assert.deepEqual([run.state, run.rowsWritten], ["completed", 3]);
    await assertMirrorEquals(rig.db, rig.portal, "deal");
    const { source, mirror } = await counted("deal");
    assert.equal(source, mirror);
  });

  it("goes on where single counts fail", async () => {
    await remove("contact", [5, 6]);
    rig.portal.control.addFault({
      match: "crm.contact.list",
      effect: "resultError",
      times: 3,
      error: "INTERNAL_SERVER_ERROR",
    });
    const run = await rig.run("contact", "reconcile");
    assert.deepEqual([run.state, run.error], ["completed", null]);
    await assertMirrorEquals(rig.db, rig.portal, "contact");
  });

  it("is made by the schedule at night, on the portal's clock", async () => {
    const { rows } = await rig.db.pool.query(
      "SELECT extract(hour FROM next_reconcile_at AT TIME ZONE 'Europe/Moscow')::int AS hour, next_reconcile_at > now() AS ahead FROM b24kit.sync_state WHERE entity = 'contact'",
    );
    assert.deepEqual(rows, [{ hour: 3, ahead: true }]);
    const ended = whenEnded(rig.bus, "contact");
    await rig.db.pool.query(
      "UPDATE b24kit.sync_state SET next_reconcile_at = now() WHERE entity = 'contact'",
    );
    const run = await ended;
    assert.deepEqual([run.type, run.state], ["reconcile", "completed"]);
  });

  it("is refused where nothing was copied yet", async () => {
    const wanted = { portalId: rig.portalId, entity: "lead", type: "reconcile", cause: "person" } as const;
    await assert.rejects(rig.sync.start(wanted), { code: "not_mirrored" });
  });
});

describe("F14: a portal that hides records", () => {
  const odd: Oddities = {};
  let rig: Rig;
  before(async () => {
    rig = await openRig(
      { counts: { deals: 10, contacts: 600, companies: 10, leads: 10 } },
      { fetch: oddFetch(odd) },
    );
    assert.equal((await rig.run("contact")).state, "completed");
  });
  after(() => rig.close());

  const alive = async () =>
    (await rig.db.pool.query("SELECT count(*)::int AS count FROM crm.contacts WHERE _deleted_at IS NULL"))
      .rows[0].count;

  for (const [hidden, share] of [
    ["a third of them", 180],
    ["a few of them", 7],
  ] as const) {
    it(`loses none of the mirror: ${hidden}`, async () => {
      const ids = new Set(Array.from({ length: share }, (_, at) => String(2 + at * 3)));
      for (const id of ids) await fetch(`${rig.portal.webhookUrl}crm.contact.delete?id=${id}`);
      rig.portal.control.limits({ rate: { enabled: false } });
      const before = await alive();
      rig.portal.control.addFault({
        match: "crm.contact.get",
        effect: "resultError",
        times: 50,
        error: "ACCESS_DENIED",
        description: "Access denied.",
      });
      const run = await rig.run("contact", "reconcile");
      assert.equal(run.state, "completed");
      assert.equal(await alive(), before);
      const { reconcile } = (await rig.sync.status(rig.portalId)).entities.find(
        ({ entity }) => entity === "contact",
      )!;
      assert.deepEqual([reconcile?.deleted, reconcile?.withheld], [0, reconcile!.mirror - reconcile!.source]);
      assert.ok(reconcile!.withheld > 0);
      rig.portal.control.clearFaults();
    });
  }
});
