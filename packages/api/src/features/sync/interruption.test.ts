import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { builtProgram } from "../../../../../test/built-program.ts";
import { assertMirrorEquals } from "../../../../../test/mirror-equals.ts";
import { openRig, openStation, type Rig, whenEnded, whenStatus } from "../../../../../test/sync-rig.ts";
import type { WorkerOptions } from "../../../../../test/sync-worker.ts";

const workerSource = new URL("../../../../../test/sync-worker.ts", import.meta.url);

/** A worker in a process of its own, ready to work. */
async function startWorker(url: string, options: WorkerOptions = {}): Promise<ChildProcess> {
  const worker = fork(await builtProgram(workerSource), [url, JSON.stringify(options)], { execArgv: [] });
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

  it("F1: is continued by another process after kill -9, from where it stood", async () => {
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
      served <= 8_000 + 4 * 2_500 + 500,
      `${served} rows were asked for: at most a batch of each of the four partitions twice`,
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

  it("F27: is left in good order by a process that stops, and taken up by the next", async () => {
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

describe("a database that is lost in the middle", () => {
  let rig: Rig;
  before(async () => {
    const counts = { deals: 4_000, contacts: 10, companies: 10, leads: 10 };
    rig = await openRig({ counts }, { work: false, settings: { batchSize: 10 } });
    rig.portal.control.limits({ cost: { pageSeconds: 0.01, real: true } });
  });
  after(() => rig.close());

  it("F2: a process killed between the answer and its commit leaves nothing behind but its run", async () => {
    const worker = await startWorker(rig.url, { settings: { batchSize: 10 } });
    const halfway = whenStatus(rig.bus, "deal", ({ run }) => run !== null && run.rowsRead >= 1_000);
    await rig.sync.start({ portalId: rig.portalId, entity: "deal", type: "full", cause: "person" });
    await halfway;
    const client = await rig.db.connect();
    // Whoever writes now stands still inside its transaction.
    await client.query("BEGIN; LOCK TABLE crm.deals IN SHARE MODE");
    const stuck = async () =>
      (
        await rig.db.pool.query(
          "SELECT count(*)::int AS count FROM pg_locks WHERE relation = 'crm.deals'::regclass AND NOT granted",
        )
      ).rows[0].count;
    while ((await stuck()) === 0) await new Promise((resolve) => setImmediate(resolve));
    worker.kill("SIGKILL");
    await once(worker, "exit");
    await client.query("ROLLBACK");
    client.release();
    const ended = whenEnded(rig.bus, "deal");
    rig.sync.work();
    const run = await ended;
    assert.deepEqual([run.state, run.resumed, run.rowsRead], ["completed", 1, 4_000]);
    await assertMirrorEquals(rig.db, rig.portal, "deal");
  });

  it("F25: a run whose connections all break goes on by itself when they are back", async () => {
    rig.portal.control.mutate({ seed: 2, operations: 400, entities: ["deal"] });
    const ended = whenEnded(rig.bus, "deal", 1);
    const { id } = await rig.sync.start({
      portalId: rig.portalId,
      entity: "deal",
      type: "full",
      cause: "person",
    });
    for (const rows of [400, 1_600]) {
      const sql = `SELECT coalesce(sum(rows_read), 0)::int AS read, (SELECT state FROM b24kit.sync_runs WHERE id = $1) AS state
        FROM b24kit.sync_partitions WHERE run_id = $1`;
      for (;;) {
        const { rows: progress } = await rig.db.pool.query<{ read: number; state: string }>(sql, [id]);
        if (progress[0]!.read >= rows || progress[0]!.state === "completed") break;
        await new Promise((resolve) => setImmediate(resolve));
      }
      await rig.db.pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()",
      );
    }
    const run = await ended;
    assert.deepEqual([run.id, run.state, run.error], [id, "completed", null]);
    assert.ok(run.resumed >= 1);
    await assertMirrorEquals(rig.db, rig.portal, "deal");
  });
});

describe("a process that is killed after it took an event", () => {
  let rig: Rig;
  before(async () => {
    rig = await openRig({ counts: { deals: 100, contacts: 10, companies: 10, leads: 10 } });
    assert.equal((await rig.run("deal")).state, "completed");
    await rig.sync.stop();
  });
  after(() => rig.close());

  it("leaves it to the next", async () => {
    const { control, webhookUrl } = rig.portal;
    await fetch(`${webhookUrl}crm.deal.update?id=7&fields[TITLE]=told`);
    control.addFault({ match: "crm.deal.list", effect: "delay", delayMs: 60_000, times: 1 });
    await rig.db.pool.query(
      "INSERT INTO b24kit.portal_inbox (portal_id, key, event, entity_id, data) VALUES ($1, 'k', 'ONCRMDEALUPDATE', '7', '{}')",
      [rig.portalId],
    );
    const worker = await startWorker(rig.url);
    while (control.stats().faultsMade === 0) await new Promise((resolve) => setImmediate(resolve));
    worker.kill("SIGKILL");
    await once(worker, "exit");
    const { rows } = await rig.db.pool.query(
      "SELECT t.seq = c.seq AS taken FROM b24kit.sync_touched t, b24kit.portal_inbox_cursors c WHERE c.consumer = 'sync'",
    );
    assert.deepEqual(rows, [{ taken: true }], "taken, and not yet read");
    const seen = whenStatus(rig.bus, "deal", ({ run }) => run?.state === "completed");
    rig.sync.work();
    await seen;
    await assertMirrorEquals(rig.db, rig.portal, "deal");
    assert.equal((await rig.db.pool.query("SELECT FROM b24kit.sync_touched")).rowCount, 0);
  });
});

describe("a process that is stopped in the middle", () => {
  let rig: Rig;
  before(async () => {
    const counts = { deals: 6_000, contacts: 10, companies: 10, leads: 10 };
    rig = await openRig({ counts }, { work: false, settings: { leaseMs: 2_000, batchSize: 10 } });
    rig.portal.control.limits({ cost: { pageSeconds: 0.01, real: true } });
  });
  after(() => rig.close());

  it("F26: loses its run to another, and writes nothing when it wakes", async () => {
    const worker = await startWorker(rig.url, { settings: { leaseMs: 2_000, batchSize: 10 } });
    const halfway = whenStatus(rig.bus, "deal", ({ run }) => run !== null && run.rowsRead >= 1_500);
    await rig.sync.start({ portalId: rig.portalId, entity: "deal", type: "full", cause: "person" });
    await halfway;
    worker.kill("SIGSTOP");
    const ended = whenEnded(rig.bus, "deal");
    rig.sync.work();
    const run = await ended;
    assert.deepEqual([run.state, run.resumed, run.error], ["completed", 1, null]);
    await assertMirrorEquals(rig.db, rig.portal, "deal");
    // Awake again, it finds its connection broken and its claim gone; only then does it end on request.
    worker.kill("SIGCONT");
    const exit = once(worker, "exit");
    worker.send("end");
    await exit;
    const { rows } = await rig.db.pool.query(
      "SELECT state, (SELECT sum(rows_read)::int FROM b24kit.sync_partitions) AS read FROM b24kit.sync_runs",
    );
    assert.deepEqual(rows, [{ state: "completed", read: 6_000 }], "each row was counted once");
    await assertMirrorEquals(rig.db, rig.portal, "deal");
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
