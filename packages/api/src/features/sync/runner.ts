import { systemClock } from "../../platform/bitrix/clock.ts";
import { withClaim } from "../../platform/jobs/claim.ts";
import { every, type Loop } from "../../platform/jobs/every.ts";
import type { SyncDeps } from "./deps.ts";
import { ownerEntity } from "./entities.ts";
import { passQuietly } from "./quiet-cycle.ts";
import { runSync } from "./run-sync.ts";
import { startRun } from "./start-run.ts";
import { type Due, selectDue } from "./store/entity-state.ts";
import { type Run, selectActiveRuns } from "./store/runs.ts";

/** The part of a process that works on runs, its own and those that others left behind. */
export interface Runner {
  /** Look for work now. */
  wake(): void;
  /** The run was cancelled: stop working on it without waiting for the next commit. */
  abandon(runId: number): void;
  /** Ends in good order: what is under way is committed, the rest is left for others. */
  stop(): Promise<void>;
}

const SWEEP_EVERY_MS = 5_000;

/** A run that broke off is looked at again after this long: most often its database is back by then. */
const BREATH_MS = 500;

/** What is read owner by owner would be read twice if its owners were still on their way: it begins when they are there. */
function waitsForOwners(run: Run, active: readonly Run[]): boolean {
  const owner = run.windowTo === null ? ownerEntity(run.entity) : null;
  return owner !== null && active.some((one) => one.portalId === run.portalId && one.entity === owner);
}

/** The claim is the entity's, not the run's: a run never begins before a cancelled one has let go. */
const claimKey = ({ portalId, entity }: Run) => `sync:${portalId}:${entity}`;

/** Starts looking for runs: at once, when woken, and every five seconds. */
export function startRunner(deps: SyncDeps): Runner {
  const stopping = new AbortController();
  const working = new Map<number, { key: string; done: Promise<void>; abort: AbortController }>();
  const looking = new Map<number, Promise<void>>();

  async function sweep(): Promise<void> {
    // Work on a portal that a person has to authorise again rests, and takes no place from other portals.
    const resting = await deps.portals.waiting();
    const ready = <T extends { portalId: number }>(work: readonly T[]) =>
      work.filter(({ portalId }) => !resting.has(portalId));
    const due = ready(await selectDue(deps.db.pool));
    for (const one of due) if (one.type === "reconcile") await startDue(one);
    const changing = due.filter(({ type }) => type === "incremental");
    for (const portalId of new Set(changing.map((one) => one.portalId)))
      lookAt(
        portalId,
        changing.filter((one) => one.portalId === portalId),
      );
    const runs = ready(await selectActiveRuns(deps.db.pool));
    for (const run of runs) if (!waitsForOwners(run, runs)) take(run);
  }

  /** Entities of a portal that are due: one request tells in which of them something happened. */
  function lookAt(portalId: number, due: readonly Due[]): void {
    if (looking.has(portalId) || stopping.signal.aborted) return;
    const look = withClaim(deps.db, `sync.look:${portalId}`, async (claim) => {
      const signal = AbortSignal.any([stopping.signal, claim.signal]);
      const entities = due.map(({ entity }) => entity);
      const busy = await passQuietly(deps, portalId, entities, signal);
      for (const one of due) if (busy.includes(one.entity)) await startDue(one);
      loop.wake();
    })
      .catch((err) => {
        if (!stopping.signal.aborted) deps.log.warn({ err, portalId }, "a portal could not be looked at");
      })
      .finally(() => looking.delete(portalId));
    looking.set(
      portalId,
      look.then(() => {}),
    );
  }

  async function startDue(due: Due): Promise<void> {
    // Another process may have been quicker; its run serves as well.
    await startRun(deps, { ...due, cause: "schedule" }).catch((err) => {
      deps.log.info(
        { entity: due.entity, reason: String(err?.code ?? err) },
        "a scheduled sync was not started",
      );
    });
  }

  function take(run: Run): void {
    const key = claimKey(run);
    // A run that has just ended may not have let go yet; its end wakes us.
    if ([...working.values()].some((other) => other.key === key)) return;
    if (working.size >= deps.settings.runs || stopping.signal.aborted) return;
    const abort = new AbortController();
    const done = work(run, AbortSignal.any([stopping.signal, abort.signal])).then((worked) => {
      working.delete(run.id);
      // Whatever waited for this run's end can begin; where another process has the run, the next sweep will see.
      if (worked) loop.wake();
    });
    working.set(run.id, { key, done, abort });
  }

  /** The process's requests are shared out evenly: more of them at once only cost memory. */
  const share = () => Math.max(1, Math.floor(deps.settings.readers / Math.max(1, working.size)));

  async function work(run: Run, signal: AbortSignal): Promise<boolean> {
    try {
      const { claimed } = await withClaim(
        deps.db,
        claimKey(run),
        (claim) => runSync(deps, run, claim, signal, share),
        { leaseMs: deps.settings.leaseMs },
      );
      return claimed;
    } catch (err) {
      deps.log.warn({ err, run: run.id }, "a sync was broken off; it is continued by the next sweep");
      return systemClock.sleep(BREATH_MS, stopping.signal).then(
        () => true,
        () => false,
      );
    }
  }

  const loop: Loop = every(SWEEP_EVERY_MS, sweep, { log: deps.log, name: "sync.sweep" });

  return {
    wake: loop.wake,
    abandon: (runId) => working.get(runId)?.abort.abort(new Error("the run was cancelled")),
    async stop() {
      stopping.abort(new Error("the process stops"));
      await loop.stop();
      await Promise.all([...[...working.values()].map(({ done }) => done), ...looking.values()]);
    },
  };
}
