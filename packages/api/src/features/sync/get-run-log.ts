import type { RunLog } from "@b24kit/client/contract";
import { AppError } from "../../platform/http/app-error.ts";
import type { SyncDeps } from "./deps.ts";
import { selectLog } from "./store/logs.ts";
import { selectRun } from "./store/status.ts";

/** What a run of the portal had to say. @throws AppError not_found */
export async function getRunLog(
  { db }: Pick<SyncDeps, "db">,
  portalId: number,
  runId: number,
): Promise<RunLog> {
  const run = await selectRun(db.pool, portalId, runId);
  if (run === null) throw new AppError("not_found", `The portal has no run ${runId}.`);
  return { run, entries: await selectLog(db.pool, runId) };
}
