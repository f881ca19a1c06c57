import { withClaim } from "../../platform/jobs/claim.ts";
import { every, type Loop } from "../../platform/jobs/every.ts";
import { RunEnded } from "./context.ts";
import type { GeneratorDeps } from "./deps.ts";
import { report } from "./report.ts";
import { runGeneration } from "./run-generation.ts";
import { insertLog } from "./store/logs.ts";
import {
  holdMissed,
  type Run,
  renewGrace,
  returnFound,
  selectNextStop,
  selectWork,
  stopMissed,
} from "./store/runs.ts";
import { deleteOldSessions } from "./store/sessions.ts";

/** The part of a process that works on runs, its own and those that others left behind. */
export interface Runner {
  /** Look for work now. */
  wake(): void;
  /** Nothing more of this run may begin: if it is worked on here, its waiting ends. */
  leave(runId: string): void;
  stop(): Promise<void>;
}

const SWEEP_EVERY_MS = 5_000;

/** A run that broke off is looked at again after this long. */
const BREATH_MS = 500;

export function startRunner(deps: GeneratorDeps): Runner {
  const { db, settings } = deps;
  const stopping = new AbortController();
  const working = new Map<string, { done: Promise<void>; ending: AbortController }>();
  let timer: NodeJS.Timeout | undefined;
  let begun = false;

  async function sweep(): Promise<void> {
    if (!begun) await renewGrace(db.pool);
    begun = true;
    await deleteOldSessions(db.pool);
    await noticeTabs(deps);
    for (const run of await selectWork(db.pool)) take(run);
    const left = await selectNextStop(db.pool, settings.graceMs);
    clearTimeout(timer);
    if (left !== null) timer = setTimeout(loop.wake, Math.min(Math.max(left, 20), SWEEP_EVERY_MS)).unref();
  }

  function take(run: Run): void {
    if (working.has(run.id) || working.size >= settings.runs || stopping.signal.aborted) return;
    const ending = new AbortController();
    const done = work(run, ending.signal).then((again) => {
      working.delete(run.id);
      if (again) loop.wake();
    });
    working.set(run.id, { done, ending });
  }

  /** True where there may be more to do at once. */
  async function work(run: Run, ending: AbortSignal): Promise<boolean> {
    try {
      const { claimed } = await withClaim(db, `generator:${run.id}`, (claim) =>
        runGeneration(deps, run, claim, { stopping: stopping.signal, ending }),
      );
      return claimed;
    } catch (err) {
      deps.log.warn({ err, run: run.id }, "a generation was broken off; the next sweep continues it");
      await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
      return true;
    }
  }

  const loop: Loop = every(SWEEP_EVERY_MS, sweep, { log: deps.log, name: "generator.sweep" });

  return {
    wake: loop.wake,
    leave: (runId) => working.get(runId)?.ending.abort(new RunEnded()),
    async stop() {
      stopping.abort(new Error("the process stops"));
      clearTimeout(timer);
      await loop.stop();
      await Promise.all([...working.values()].map(({ done }) => done));
    },
  };
}

/** Moves runs whose tabs have gone, come back, or stayed away too long; also where the process that held them died. */
export async function noticeTabs(deps: GeneratorDeps): Promise<void> {
  const { pool } = deps.db;
  for (const run of await returnFound(pool)) await tell(deps, run, "tab_back");
  for (const run of await holdMissed(pool)) await tell(deps, run, "tab_gone");
  for (const run of await stopMissed(pool, deps.settings.graceMs)) await report(deps, run);
}

async function tell(deps: GeneratorDeps, run: Run, code: "tab_back" | "tab_gone"): Promise<void> {
  await insertLog(deps.db.pool, run.id, code, { session: run.session });
  await report(deps, run);
}
