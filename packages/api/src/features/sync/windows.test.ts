import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertMirrorEquals } from "../../../../../test/mirror-equals.ts";
import { openRig, type Rig, whenEnded, whenStatus } from "../../../../../test/sync-rig.ts";
import { systemClock } from "../../platform/bitrix/clock.ts";

/** Changes records as one request of the portal. */
async function touch(rig: Rig, ids: readonly number[], words: string): Promise<void> {
  for (let at = 0; at < ids.length; at += 50) {
    const commands = ids
      .slice(at, at + 50)
      .map((id) => [
        `u${id}`,
        `crm.deal.update?id=${id}&fields[COMMENTS]=${encodeURIComponent(`${words} ${id}`)}`,
      ]);
    const answer = await fetch(`${rig.portal.webhookUrl}batch`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ cmd: Object.fromEntries(commands) }),
    });
    assert.ok(answer.ok);
  }
}

const upTo = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);

describe("changes at the edge of a run", () => {
  let rig: Rig;
  before(async () => {
    const counts = { deals: 1_500, contacts: 10, companies: 10, leads: 10 };
    rig = await openRig({ counts }, { settings: { batchSize: 4 } });
    rig.portal.control.limits({ rate: { enabled: false } });
  });
  after(() => rig.close());

  it("F9: made while the records are read, come with the next run at the latest", async () => {
    rig.portal.control.limits({ cost: { pageSeconds: 0.01, real: true } });
    const ended = whenEnded(rig.bus, "deal");
    const begun = whenStatus(rig.bus, "deal", ({ run }) => run !== null && run.rowsRead > 0);
    await rig.sync.start({ portalId: rig.portalId, entity: "deal", type: "full", cause: "person" });
    await begun;
    rig.portal.control.mutate({ seed: 3, operations: 600, entities: ["deal"] });
    assert.equal((await ended).state, "completed");
    rig.portal.control.limits({ cost: { real: false } });
    assert.equal((await rig.run("deal", "incremental")).state, "completed");
    assert.equal((await rig.run("deal", "reconcile")).state, "completed");
    await assertMirrorEquals(rig.db, rig.portal, "deal");
  });

  it("F10: five hundred in one second, before and after the question, are all there once", async () => {
    rig.portal.control.clock({ advance: 600_000 });
    const ids = rig.portal.control
      .records({ entity: "deal", limit: 500 })
      .map((record) => Number(record["ID"]));
    rig.portal.control.clock({ mode: "virtual" });
    await touch(rig, ids.slice(0, 250), "до вопроса");
    assert.equal((await rig.run("deal", "incremental")).rowsWritten, 250);
    await touch(rig, ids.slice(250), "после вопроса, в ту же секунду");
    const run = await rig.run("deal", "incremental");
    assert.deepEqual([run.state, run.rowsWritten], ["completed", 250]);
    await assertMirrorEquals(rig.db, rig.portal, "deal");
    rig.portal.control.clock({ mode: "real" });
  });
});

describe("F11: clocks that differ", () => {
  for (const [words, hours, utcOffset] of [
    ["ours is three hours fast, the portal lives in Kamchatka", 3, 12 * 60],
    ["ours is three hours slow, the portal lives in New York", -3, -5 * 60],
  ] as const) {
    it(`lose nothing: ${words}`, async () => {
      const clock = { ...systemClock, now: () => Date.now() + hours * 3_600_000 };
      const counts = { deals: 300, contacts: 10, companies: 10, leads: 10 };
      const rig = await openRig({ counts, utcOffset }, { clock });
      try {
        assert.equal((await rig.run("deal")).state, "completed");
        await assertMirrorEquals(rig.db, rig.portal, "deal");
        for (let round = 1; round <= 3; round++) {
          await touch(rig, upTo(round * 40, 20), `раз ${round}`);
          assert.equal((await rig.run("deal", "incremental")).state, "completed");
          await assertMirrorEquals(rig.db, rig.portal, "deal");
        }
      } finally {
        await rig.close();
      }
    });
  }
});
