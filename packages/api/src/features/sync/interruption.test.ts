import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { assertMirrorEquals } from "../../../../../test/mirror-equals.ts";
import { openRig, openStation, type Rig, whenEnded, whenStatus } from "../../../../../test/sync-rig.ts";

const workerPath = fileURLToPath(new URL("../../../../../test/sync-worker.ts", import.meta.url));

/** A worker in a process of its own, ready to work. */
async function startWorker(url: string): Promise<ChildProcess> {
  const worker = fork(workerPath, [url], { execArgv: ["--conditions=@b24kit/source", "--import", "tsx"] });
  await once(worker, "message");
  return worker;
}

describe("a sync that is interrupted", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig(
      { counts: { deals: 8_000, contacts: 10, companies: 10, leads: 3_000 } },
      { work: false },
    );
    // Slow enough to be caught in the middle.
    rig.portal.control.limits({ cost: { pageSeconds: 0.01, real: true } });
  });
  after(() => rig.close());

  it("is continued by another process after kill -9, from where it stood", async () => {
    const worker = await startWorker(rig.url);
    const halfway = whenStatus(rig.bus, "deal", ({ run }) => run !== null && run.rowsRead >= 2_000);
    await rig.sync.start({ portalId: rig.portalId, entity: "deal", type: "full", cause: "person" });
    const seen = await halfway;
    worker.kill("SIGKILL");
    await once(worker, "exit");
    assert.equal(seen.run?.state, "running");

    const ended = whenEnded(rig.bus, "deal");
    rig.sync.work();
    const run = await ended;
    assert.deepEqual([run.state, run.resumed, run.error], ["completed", 1, null]);
    assert.ok(
      run.rowsRead >= 8_000 && run.rowsRead <= 8_000,
      `rows are counted when they are committed: ${run.rowsRead}`,
    );
    const served = rig.portal.control.stats().methods["crm.deal.list"]?.rows ?? 0;
    assert.ok(
      served <= 8_000 + 3 * 2_500 + 500,
      `${served} rows were asked for: at most a batch of each reader twice`,
    );
    await assertMirrorEquals(rig.db, rig.portal, "deal");
    const { rows } = await rig.db.pool.query(
      "SELECT count(*)::int AS runs FROM b24kit.sync_runs WHERE entity = 'deal'",
    );
    assert.equal(rows[0].runs, 1, "it is the same run");
  });

  it("keeps what it wrote when it is cancelled, and asks no more", async () => {
    const halfway = whenStatus(rig.bus, "lead", ({ run }) => run !== null && run.rowsRead >= 500);
    await rig.sync.start({ portalId: rig.portalId, entity: "lead", type: "full", cause: "person" });
    await halfway;
    const status = await rig.sync.cancel(rig.portalId, "lead");
    assert.equal(status.run?.state, "cancelled");
    await rig.sync.stop();
    const { requests } = rig.portal.control.stats();
    const { rows } = await rig.db.pool.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM crm.leads",
    );
    assert.ok(rows[0]!.count >= 500 && rows[0]!.count < 3_000);
    assert.equal(
      (await rig.sync.status(rig.portalId)).entities.find(({ entity }) => entity === "lead")?.rows,
      rows[0]!.count,
    );
    assert.equal(rig.portal.control.stats().requests, requests);
    rig.sync.work();
  });

  it("starts anew after a cancellation and completes", async () => {
    const run = await rig.run("lead");
    assert.equal(run.state, "completed");
    await assertMirrorEquals(rig.db, rig.portal, "lead");
  });

  it("cancels nothing where nothing runs", async () => {
    const status = await rig.sync.cancel(rig.portalId, "lead");
    assert.equal(status.run?.state, "completed");
  });

  it("is left in good order by a process that stops, and taken up by the next", async () => {
    const halfway = whenStatus(
      rig.bus,
      "deal",
      ({ run }) => run?.state === "running" && run.rowsRead >= 2_000,
    );
    await rig.sync.start({ portalId: rig.portalId, entity: "deal", type: "full", cause: "person" });
    await halfway;
    await rig.sync.stop();
    const left = (await rig.sync.status(rig.portalId)).entities.find(({ entity }) => entity === "deal");
    assert.equal(left?.run?.state, "queued");
    const other = await openStation(rig.db);
    const ended = whenEnded(rig.bus, "deal");
    other.sync.work();
    const run = await ended;
    await other.stop();
    rig.sync.work();
    assert.deepEqual([run.state, run.resumed, run.rowsWritten], ["completed", 1, 0]);
  });
});

describe("a sync that several want", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 3_000, contacts: 10, companies: 10, leads: 10 } });
  });
  after(() => rig.close());

  it("runs once, however many processes start it and work", async () => {
    const others = await Promise.all([openStation(rig.db), openStation(rig.db)]);
    for (const other of others) other.sync.work();
    const ended = whenEnded(rig.bus, "deal");
    const wanted = { portalId: rig.portalId, entity: "deal", type: "full", cause: "person" } as const;
    const answers = await Promise.allSettled(
      [rig, ...others, rig, ...others].map(({ sync }) => sync.start(wanted)),
    );
    const refusals = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason.code] : []));
    assert.deepEqual(refusals, Array(5).fill("run_active"));
    const run = await ended;
    assert.deepEqual([run.state, run.rowsWritten, run.resumed], ["completed", 3_000, 0]);
    for (const other of others) await other.stop();
    const { rows } = await rig.db.pool.query("SELECT count(*)::int AS runs FROM b24kit.sync_runs");
    assert.equal(rows[0].runs, 1);
    await assertMirrorEquals(rig.db, rig.portal, "deal");
  });
});
