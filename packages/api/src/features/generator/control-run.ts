import type { GeneratorRun } from "@b24kit/client/contract";
import { AppError } from "../../platform/http/app-error.ts";
import type { GeneratorDeps, Owner } from "./deps.ts";
import { newSession } from "./plan.ts";
import { report } from "./report.ts";
import { active } from "./start-run.ts";
import { applyEvent, type Run, resumeRun, selectRun, undoRun } from "./store/runs.ts";

/** Lets no further batch begin. A run that has ended stays as it is. @throws AppError not_found */
export async function stopGeneration(deps: GeneratorDeps, owner: Owner, id: string): Promise<GeneratorRun> {
  const run = await own(deps, owner, id);
  const stopped = await applyEvent(deps.db.pool, id, "stop", { reason: "request" });
  return (await report(deps, stopped ?? run)).run;
}

/** Lets a run that was stopped or has failed go on, now for the tab that asks. @throws AppError */
export async function resumeGeneration(
  deps: GeneratorDeps,
  owner: Owner,
  id: string,
  session = newSession(),
): Promise<GeneratorRun> {
  const run = await own(deps, owner, id);
  return tell(deps, run, await resumeRun(deps.db.pool, id, session));
}

/** Has the run's records deleted; with `force` also those that people have edited. @throws AppError */
export async function undoGeneration(
  deps: GeneratorDeps,
  owner: Owner,
  id: string,
  force: boolean,
): Promise<GeneratorRun> {
  const run = await own(deps, owner, id);
  return tell(deps, run, await undoRun(deps.db.pool, id, force));
}

async function tell(deps: GeneratorDeps, before: Run, after: Run | "refused" | null): Promise<GeneratorRun> {
  if (after === null) throw active();
  if (after === "refused") throw new AppError("generation_state", `The generation is "${before.state}".`);
  return (await report(deps, after)).run;
}

async function own({ db }: GeneratorDeps, owner: Owner, id: string): Promise<Run> {
  const run = await selectRun(db.pool, id, owner);
  if (run === null) throw new AppError("not_found", `This person has no generation ${id} on this portal.`);
  return run;
}
