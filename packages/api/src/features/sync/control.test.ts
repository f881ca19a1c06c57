import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { EntityStatus, PortalLimits, RunLog, SyncConfig, SyncRun } from "@b24kit/client/contract";
import { openRig, type Rig, whenEnded, whenStatus } from "../../../../../test/sync-rig.ts";
import type { App } from "../../platform/http/environment.ts";
import { createOrigins } from "../../platform/http/origins.ts";
import { createShell } from "../../platform/http/shell.ts";
import { createLogger } from "../../platform/log/logger.ts";
import { routes } from "./routes.ts";

describe("control of the sync", () => {
  let rig: Rig;
  let app: App;
  before(async () => {
    rig = await openRig(
      { counts: { deals: 4_000, contacts: 10, companies: 10, leads: 10 } },
      // Small requests: there is always one more to stop before.
      { settings: { batchSize: 8, readers: 1 } },
    );
    app = createShell({
      log: createLogger({ level: "silent", form: "json" }),
      origins: createOrigins([], undefined),
      checkAnswers: true,
      authenticate: async () => ({
        kind: "key",
        subject: "test",
        rights: new Set(["data:read", "sync:run"]),
        portals: "all",
      }),
    });
    routes(app, rig.sync);
    // A refusal, which a stalled machine brings about, would slow us down; our own books are kept all the same.
    rig.portal.control.limits({ rate: { enabled: false } });
  });
  after(() => rig.close());

  async function send<T>(method: string, path: string, body?: unknown): Promise<{ status: number; json: T }> {
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    const answer = await app.request(`/api/v1/sync/${path}`, { method, ...init });
    return { status: answer.status, json: (await answer.json()) as T };
  }

  it("pauses a run, keeps it paused, and lets it go on from where it stood", async () => {
    rig.portal.control.limits({ cost: { pageSeconds: 0.01, real: true } });
    const halfway = whenStatus(rig.bus, "deal", ({ run }) => run !== null && run.rowsRead >= 1_000);
    const started = await send<SyncRun>("POST", "start/deal");
    await halfway;
    const paused = await send<EntityStatus>("POST", "pause/deal");
    assert.deepEqual([paused.status, paused.json.run?.state], [200, "paused"]);
    const again = await send<{ code: string }>("POST", "start/deal");
    assert.equal(again.json.code, "run_active");
    // Whoever worked on it has stopped: a worker that starts now finds nothing to do.
    await rig.sync.stop();
    rig.sync.work();
    const held = await send<{ entities: EntityStatus[] }>("GET", "status");
    const read = held.json.entities[0]!.run!.rowsRead;
    assert.ok(held.json.entities[0]!.run!.state === "paused" && read < 4_000);
    const ended = whenEnded(rig.bus, "deal");
    const resumed = await send<EntityStatus>("POST", "resume/deal");
    assert.equal(resumed.json.run?.state, "queued");
    const run = await ended;
    assert.deepEqual([run.id, run.state, run.rowsRead], [started.json.id, "completed", 4_000]);
    rig.portal.control.limits({ cost: { real: false } });
  });

  it("does nothing where there is nothing to pause or to resume", async () => {
    assert.equal((await send<EntityStatus>("POST", "pause/deal")).json.run?.state, "completed");
    assert.equal((await send<EntityStatus>("POST", "resume/deal")).json.run?.state, "completed");
    assert.equal((await send<EntityStatus>("POST", "resume/lead")).json.run, null);
  });

  it("tells what a run had to say, as codes with values", async () => {
    const run = await rig.run("deal", "reconcile");
    const { status, json } = await send<RunLog>("GET", `runs/${run.id}/log`);
    assert.deepEqual([status, json.run.id], [200, run.id]);
    assert.deepEqual(
      json.entries.map(({ code }) => code),
      ["run_queued", "run_started", "reconciled"],
    );
    const { source, mirror, requests, retries, serverSeconds } = json.entries[2]!.details;
    assert.deepEqual([source, mirror, requests, retries], [4_000, 4_000, 1, 0]);
    assert.ok(Number(serverSeconds) > 0);
    assert.equal((await send("GET", "runs/999999/log")).status, 404);
    assert.equal((await send("GET", "runs/none/log")).status, 400);
  });

  it("lists runs, newest first, and of one entity", async () => {
    const { runs } = (await send<{ runs: SyncRun[] }>("GET", "runs?entity=deal")).json;
    assert.deepEqual(
      runs.map(({ type, state }) => [type, state]),
      [
        ["reconcile", "completed"],
        ["full", "completed"],
      ],
    );
    assert.ok(runs[1]!.rowsRead === 4_000 && runs[0]!.id > runs[1]!.id);
    const older = await send<{ runs: SyncRun[] }>("GET", `runs?limit=1&before=${runs[0]!.id}`);
    assert.deepEqual(older.json.runs, [runs[1]]);
    assert.deepEqual((await send<{ runs: SyncRun[] }>("GET", "runs?entity=lead")).json.runs, []);
    assert.equal((await send("GET", "runs?limit=0")).status, 400);
  });

  it("tells what of the portal's limits is used", async () => {
    // So many that some are still counted when the answer is made: two a second are forgotten.
    const client = await rig.portals.client(rig.portalId);
    await Promise.all(Array.from({ length: 40 }, () => client.call("profile")));
    const { json } = await send<PortalLimits>("GET", "limits");
    assert.deepEqual([json.requests.most, json.requests.perSecond], [50, 2]);
    assert.ok(json.requests.used > 0 && json.requests.used < 50);
    assert.equal(json.billing, "inner");
    const listing = json.operating.find(({ method }) => method === "crm.deal.list");
    assert.ok(listing !== undefined && listing.seconds > 0 && listing.budget === 432, JSON.stringify(json));
  });

  it("counts values that did not fit", async () => {
    await rig.db.pool.query(
      "INSERT INTO b24kit.sync_quarantine (portal_id, entity, entity_id, field, raw, reason) SELECT $1, 'deal', n, 'UF_X', '?', 'type' FROM generate_series(1, 3) n",
      [rig.portalId],
    );
    const { json } = await send<{ entities: EntityStatus[] }>("GET", "status");
    assert.deepEqual(
      json.entities.flatMap(({ entity, quarantined }) => (quarantined ? [[entity, quarantined]] : [])),
      [["deal", 3]],
    );
  });

  it("compares on demand", async () => {
    const ended = whenEnded(rig.bus, "deal");
    const { status, json } = await send<SyncRun>("POST", "reconcile/deal");
    assert.deepEqual([status, json.type], [202, "reconcile"]);
    assert.equal((await ended).state, "completed");
    const refused = await send<{ code: string }>("POST", "reconcile/lead");
    assert.deepEqual([refused.status, refused.json.code], [409, "not_mirrored"]);
  });

  it("keeps a schedule for each entity", async () => {
    const before = await send<SyncConfig[]>("GET", "config");
    assert.deepEqual(
      before.json.slice(0, 4).map(({ entity_type }) => entity_type),
      ["deal", "contact", "lead", "company"],
    );
    assert.deepEqual(before.json[0], {
      entity_type: "deal",
      enabled: true,
      sync_interval_minutes: 30,
      webhook_enabled: true,
      contract: "evolve",
    });
    const changed = await send<SyncConfig>("PUT", "config", {
      entity_type: "deal",
      sync_interval_minutes: 5,
    });
    assert.deepEqual([changed.status, changed.json.sync_interval_minutes], [200, 5]);
    const { rows } = await rig.db.pool.query(
      "SELECT extract(epoch FROM next_run_at - last_completed_at)::int AS seconds FROM b24kit.sync_state WHERE entity = 'deal'",
    );
    assert.deepEqual(rows, [{ seconds: 300 }]);
    // Also of an entity that was never copied.
    const lead = {
      entity_type: "lead",
      enabled: false,
      sync_interval_minutes: 10_080,
      webhook_enabled: false,
      contract: "freeze",
    };
    assert.deepEqual((await send<SyncConfig>("PUT", "config", lead)).json, lead);
    const after = await send<SyncConfig[]>("GET", "config");
    assert.deepEqual([after.json[0]!.sync_interval_minutes, after.json[2]], [5, lead]);
  });

  it("starts nothing of an entity that is switched off", async () => {
    assert.equal((await rig.run("lead")).state, "completed");
    await rig.db.pool.query(
      "UPDATE b24kit.sync_state SET next_run_at = now() WHERE entity IN ('lead', 'deal')",
    );
    const ended = whenEnded(rig.bus, "deal");
    await rig.sync.stop();
    rig.sync.work();
    await ended;
    const { rows } = await rig.db.pool.query(
      "SELECT count(*)::int AS count FROM b24kit.sync_runs WHERE entity = 'lead' AND cause = 'schedule'",
    );
    assert.equal(rows[0].count, 0);
  });

  it("refuses what makes no sense", async () => {
    for (const body of [
      { entity_type: "deal", sync_interval_minutes: 0 },
      { entity_type: "deal", sync_interval_minutes: 10_081 },
      { entity_type: "deal", sync_interval_minutes: 1.5 },
      { entity_type: "deal", sync_interval_minutes: "5" },
      { entity_type: "deal", enabled: "yes" },
      { entity_type: "deal", interval: 5 },
      { entity_type: "invoice" },
      {},
    ]) {
      const { status, json } = await send<{ code: string }>("PUT", "config", body);
      assert.deepEqual([status, json.code], [400, "invalid_parameter"], JSON.stringify(body));
    }
  });
});
