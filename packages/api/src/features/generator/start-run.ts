import type { GeneratorRun } from "@b24kit/client/contract";
import { AppError } from "../../platform/http/app-error.ts";
import type { GeneratorDeps, Owner } from "./deps.ts";
import { type Asked, newSession, toPlan } from "./plan.ts";
import { report } from "./report.ts";
import { insertRun } from "./store/runs.ts";

/** Queues a run; some process takes it up at once. @throws AppError generation_active, invalid_parameter */
export async function startRun(deps: GeneratorDeps, owner: Owner, asked: Asked): Promise<GeneratorRun> {
  const plan = toPlan(asked, deps.settings);
  const run = await insertRun(deps.db.pool, { ...owner, session: asked.session_id ?? newSession(), plan });
  if (run === null) throw active();
  return (await report(deps, run)).run;
}

export function active(): AppError {
  return new AppError("generation_active", "This person has a generation under way on this portal.");
}
