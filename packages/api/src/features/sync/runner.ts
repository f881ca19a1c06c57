import { systemClock } from "../../platform/bitrix/clock.ts";
import { withClaim } from "../../platform/jobs/claim.ts";
import { every, type Loop } from "../../platform/jobs/every.ts";
import type { SyncDeps } from "./deps.ts";
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

/** Starts looking for runs: at once, when woken, and every five seconds. */
export function startRunner(deps: SyncDeps): Runner {
  const stopping = new AbortController();
  const working = new Map<number, { done: Promise<void>; abort: AbortController }>();
  let nudged = false;

  async function sweep(): Promise<void> {
    nudged = false;
    // Work on a portal that a person has to authorise again rests, and takes no place from other portals.
    const resting = await deps.portals.waiting();
    const ready = <T extends { portalId: number }>(work: readonly T[]) =>
      work.filter(({ portalId }) => !resting.has(portalId));
    for (const due of ready(await selectDue(deps.db.pool))) await startDue(due);
    for (const run of ready(await selectActiveRuns(deps.db.pool))) take(run);
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
    if (working.has(run.id) || working.size >= deps.settings.runs || stopping.signal.aborted) return;
    const abort = new AbortController();
    const done = work(run, AbortSignal.any([stopping.signal, abort.signal])).then((worked) => {
      working.delete(run.id);
      // Whatever waited for this run's end can begin; where another process has the run, the next sweep will see.
      if (worked) wake();
    });
    working.set(run.id, { done, abort });
  }

  /** The claim is the entity's, not the run's: a run never begins before a cancelled one has let go. */
  async function work(run: Run, signal: AbortSignal): Promise<boolean> {
    try {
      const { claimed } = await withClaim(deps.db, `sync:${run.portalId}:${run.entity}`, (claim) =>
        runSync(deps, run, claim, signal),
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

  function wake(): void {
    if (nudged || stopping.signal.aborted) return;
    nudged = true;
    // The sweep under way may have looked too early: one more follows it.
    void loop.now().then(() => {
      if (nudged) void loop.now();
    });
  }

  return {
    wake,
    abandon: (runId) => working.get(runId)?.abort.abort(new Error("the run was cancelled")),
    async stop() {
      stopping.abort(new Error("the process stops"));
      await loop.stop();
      await Promise.all([...working.values()].map(({ done }) => done));
    },
  };
}
