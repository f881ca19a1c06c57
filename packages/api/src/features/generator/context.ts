import type { BatchOptions, PortalClient } from "../../platform/bitrix/types.ts";
import type { Claim } from "../../platform/jobs/claim.ts";
import type { GeneratorDeps } from "./deps.ts";
import type { Progress } from "./follow-progress.ts";
import type { Pace } from "./pace.ts";
import type { Factory } from "./records/make-record.ts";
import type { Run } from "./store/runs.ts";

/** What every step of a run works with. */
export interface RunContext {
  readonly deps: GeneratorDeps;
  readonly run: Run;
  readonly claim: Claim;
  readonly client: PortalClient;
  readonly factory: Factory;
  readonly progress: Progress;
  readonly options: BatchOptions;
  readonly pace: Pace;
  /** Aborts with `RunEnded` when somebody has stopped the run: nobody waits for a limit any more. */
  readonly ending: AbortSignal;
}

/** The run may not go on as it was: it was stopped, or its tab is gone. Its state tells which. */
export class RunEnded extends Error {
  override readonly name = "RunEnded";
}
