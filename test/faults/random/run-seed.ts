import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { RunningPortal } from "../../../demo/portal/index.ts";
import type { Database } from "../../../packages/api/src/platform/db/database.ts";
import type { RunType } from "../../../packages/client/src/contract/index.ts";
import { createFastClock } from "../../fast-clock.ts";
import { assertMirrorEquals, CRM_ENTITIES, type CrmEntity } from "../../mirror-equals.ts";
import { openRig, type Rig } from "../../sync-rig.ts";
import { until } from "../../until.ts";
import { type Chance, createChance } from "./chance.ts";
import { createPeople } from "./people.ts";
import { followPortalEvents, type PortalEvents } from "./portal-events.ts";
import { createWorkers, type Workers } from "./workers.ts";

export interface SeedReport {
  readonly seed: number;
  /** Values that were compared. */
  readonly values: number;
  /** What the portal told that reached the inbox. */
  readonly events: number;
}

/** How much happens in a seed. */
export interface Load {
  readonly operations: number;
  readonly faults: number;
  readonly counts: { deals: number; contacts: number; companies: number; leads: number };
}

export const WHOLE: Load = {
  operations: 1_000,
  faults: 20,
  counts: { deals: 900, contacts: 300, companies: 120, leads: 400 },
};
const STEPS = 40;
/** Small requests, so that there are many between which something can happen. */
const SETTINGS = { batchSize: 4, readers: 2 };
const SPEED = 20;

/** What a portal may do to a request; the last two are dear, so they are rarer. */
const EFFECTS = ["reset", "html502", "wrongJson", "503", "loseResponse", "resultError", "delay"] as const;
const DEAR = ["429", "drop"] as const;
/** Requests of the copier, and of nobody else: people's work is not to be struck. */
const READING = [
  "crm.deal.list",
  "crm.contact.list",
  "crm.lead.list",
  "crm.company.list",
  "crm.deal.fields",
  "crm.status.list",
  "server.time",
  "batch",
];

/**
 * A thousand changes and twenty faults at random, while a sync runs that is killed now and then and the portal tells of
 * changes, late, twice, in any order or not at all; afterwards one quiet cycle, and every value of the portal must be in
 * the mirror, and nothing else; and so it stays when the last events have been followed. The same seed does the same changes;
 * when exactly a fault strikes is up to the machine.
 * @throws AssertionError with what differs
 */
export async function runSeed(seed: number, load: Load = WHOLE): Promise<SeedReport> {
  const chance = createChance(seed);
  const time = { origin: Date.now(), speed: SPEED };
  const clock = createFastClock(time);
  const rig = await openRig(
    {
      seed: seed % 1_000_000,
      counts: load.counts,
      clock,
      handlers: { local: true, plainHttp: true },
    },
    { clock, settings: SETTINGS, work: false },
  );
  const workers = createWorkers(rig.url, { time, settings: SETTINGS });
  const events = await followPortalEvents(rig);
  try {
    return { seed, ...(await Promise.race([play({ rig, workers, events, chance }, load), workers.died])) };
  } finally {
    await workers.kill();
    await events.close();
    await rig.close();
  }
}

interface Scene {
  readonly rig: Rig;
  readonly workers: Workers;
  readonly events: PortalEvents;
  readonly chance: Chance;
}

async function play(scene: Scene, load: Load): Promise<Omit<SeedReport, "seed">> {
  const { rig, workers, events } = scene;
  await workers.start();
  await storm(scene, load);
  rig.portal.control.clearFaults();
  rig.portal.control.limits({ rate: { enabled: false } });
  await rig.db.pool.query("UPDATE b24kit.bitrix_operating SET parked_until = now()");
  await whenIdle(rig.db);
  await events.settled();
  const values = await settleAndCompare(rig);
  const told = await followLastEvents(rig.db);
  await compareAll(rig);
  return { values, events: told };
}

async function storm({ rig, workers, events, chance }: Scene, load: Load): Promise<void> {
  const people = createPeople(rig.portal, chance);
  const faults = drawSteps(chance, load.faults);
  const kills = drawSteps(chance, 2);
  const breaks = drawSteps(chance, 2);
  await startAll(rig, "full");
  for (let step = 0; step < STEPS; step++) {
    if (step % 5 === 0) events.turn(chance);
    await people.work(load.operations / STEPS);
    for (const _ of faults.filter((at) => at === step)) addFault(rig.portal, chance);
    if (breaks.includes(step)) await breakConnections(rig.db);
    if (kills.includes(step)) {
      await workers.kill();
      await workers.start();
    }
    if (step % 4 === 3) await startAll(rig, chance.happens(0.2) ? "full" : "incremental");
    await delay(chance.int(0, 40));
  }
}

const drawSteps = (chance: Chance, count: number) =>
  Array.from({ length: count }, () => chance.int(0, STEPS - 1));

function addFault(portal: RunningPortal, chance: Chance): void {
  portal.control.addFault({
    match: chance.pick(READING),
    effect: chance.happens(0.05) ? chance.pick(DEAR) : chance.pick(EFFECTS),
    after: chance.int(0, 6),
    times: chance.int(1, 2),
    delayMs: chance.int(1, 60),
    error: chance.pick(["INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER"]),
  });
}

/** Starts whatever does not run yet. */
async function startAll(rig: Rig, type: RunType): Promise<void> {
  for (const entity of CRM_ENTITIES) while (!(await start(rig, entity, type)));
}

/** False for a person whose connection was broken just now, and who tries again. */
function start(rig: Rig, entity: CrmEntity, type: RunType): Promise<boolean> {
  return rig.sync.start({ portalId: rig.portalId, entity, type, cause: "person" }).then(
    () => true,
    (error: { code?: string; message?: string }) => {
      if (error.code === "run_active") return true;
      if (error.code === "57P01" || /^Connection terminated/.test(error.message ?? "")) return false;
      throw error;
    },
  );
}

/** The connections of everybody else, the worker's claims among them; they are gone when it resolves. */
async function breakConnections(db: Database): Promise<void> {
  const client = await db.connect();
  try {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()`,
    );
    const broken = [rows.map(({ pid }) => pid)];
    const left = "SELECT FROM pg_stat_activity WHERE pid = ANY($1)";
    await until(async () => (await client.query(left, broken)).rowCount === 0, "connections to break");
  } finally {
    client.release();
  }
}

async function whenIdle(db: Database): Promise<void> {
  const sql =
    "SELECT count(*)::int AS active FROM b24kit.sync_runs WHERE state IN ('queued', 'running', 'waiting')";
  for (;;) {
    const { rows } = await db.pool.query<{ active: number }>(sql);
    if (rows[0]!.active === 0) return;
    await delay(20);
  }
}

/** One quiet cycle, then both sides value by value. */
async function settleAndCompare(rig: Rig): Promise<number> {
  await startAll(rig, "incremental");
  await whenIdle(rig.db);
  await startAll(rig, "reconcile");
  await whenIdle(rig.db);
  const last = await rig.db.pool.query<{ entity: string; state: string; error: string | null }>(
    "SELECT DISTINCT ON (entity) entity, state, error_detail AS error FROM b24kit.sync_runs ORDER BY entity, id DESC",
  );
  for (const { entity, state, error } of last.rows) assert.equal(state, "completed", `${entity}: ${error}`);
  const values = await compareAll(rig);
  const { entities } = await rig.sync.status(rig.portalId);
  for (const one of CRM_ENTITIES) {
    const { rows, reconcile } = entities.find(({ entity }) => entity === one)!;
    assert.deepEqual([reconcile?.source, reconcile?.mirror], [rows, rows], one);
  }
  return values;
}

async function compareAll({ db, portal }: Rig): Promise<number> {
  let values = 0;
  for (const entity of CRM_ENTITIES) values += await assertMirrorEquals(db, portal, entity);
  return values;
}

/** Whatever the portal told is read again, also what rests after a refusal; returns how much it was. */
async function followLastEvents({ pool }: Database): Promise<number> {
  const open = `SELECT (SELECT count(*) FROM b24kit.sync_touched)
    + (SELECT count(*) FROM b24kit.portal_inbox i WHERE i.seq IS NULL
       OR i.seq > coalesce((SELECT seq FROM b24kit.portal_inbox_cursors WHERE consumer = 'sync'), 0)) AS open`;
  for (;;) {
    await pool.query("UPDATE b24kit.sync_touched SET due_at = now() WHERE due_at > now()");
    if (Number((await pool.query<{ open: string }>(open)).rows[0]!.open) === 0) break;
    await delay(20);
  }
  const { rows } = await pool.query<{ told: number }>(
    "SELECT count(*)::int AS told FROM b24kit.portal_inbox",
  );
  assert.ok(rows[0]!.told > 0, "the portal told nothing");
  return rows[0]!.told;
}
