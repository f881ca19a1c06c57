import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { RunningPortal } from "../../../demo/portal/index.ts";
import type { Database } from "../../../packages/api/src/platform/db/database.ts";
import type { RunType } from "../../../packages/client/src/contract/index.ts";
import { createFastClock } from "../../fast-clock.ts";
import { assertMirrorEquals } from "../../mirror-equals.ts";
import { openRig, type Rig } from "../../sync-rig.ts";
import { type Chance, createChance } from "./chance.ts";
import { createPeople, ENTITIES } from "./people.ts";
import { createWorkers, type Workers } from "./workers.ts";

export interface SeedReport {
  readonly seed: number;
  /** Values that were compared. */
  readonly values: number;
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
 * A thousand changes and twenty faults at random, while a sync runs that is killed now and then; afterwards one quiet
 * cycle, and every value of the portal must be in the mirror, and nothing else. The same seed does the same changes;
 * when exactly a fault strikes is up to the machine.
 * @throws AssertionError with what differs
 */
export async function runSeed(seed: number, load: Load = WHOLE): Promise<SeedReport> {
  const chance = createChance(seed);
  const time = { origin: Date.now(), speed: SPEED };
  const clock = createFastClock(time);
  const rig = await openRig(
    { seed: seed % 1_000_000, counts: load.counts, clock },
    { clock, settings: SETTINGS, work: false },
  );
  const workers = createWorkers(rig.url, { time, settings: SETTINGS });
  try {
    await workers.start();
    await storm(rig, workers, chance, load);
    rig.portal.control.clearFaults();
    rig.portal.control.limits({ rate: { enabled: false } });
    await rig.db.pool.query("UPDATE b24kit.bitrix_operating SET parked_until = now()");
    await whenIdle(rig.db);
    return { seed, values: await settleAndCompare(rig) };
  } finally {
    await workers.kill();
    await rig.close();
  }
}

async function storm(rig: Rig, workers: Workers, chance: Chance, load: Load): Promise<void> {
  const people = createPeople(rig.portal, chance);
  const faults = drawSteps(chance, load.faults);
  const kills = drawSteps(chance, 2);
  const breaks = drawSteps(chance, 2);
  await startAll(rig, "full");
  for (let step = 0; step < STEPS; step++) {
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
  for (const entity of ENTITIES) {
    await rig.sync
      .start({ portalId: rig.portalId, entity, type, cause: "person" })
      .catch((error: unknown) => {
        if ((error as { code?: string }).code !== "run_active") throw error;
      });
  }
}

/** The connections of everybody else, the worker's claims among them. */
async function breakConnections(db: Database): Promise<void> {
  await db.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()",
  );
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
  let values = 0;
  for (const entity of ENTITIES) values += await assertMirrorEquals(rig.db, rig.portal, entity);
  const { entities } = await rig.sync.status(rig.portalId);
  for (const { entity, rows, reconcile } of entities)
    assert.deepEqual([reconcile?.source, reconcile?.mirror], [rows, rows], entity);
  return values;
}
