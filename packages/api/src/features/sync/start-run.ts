import type { Entity, RunType, SyncRun } from "@b24kit/client/contract";
import { AppError } from "../../platform/http/app-error.ts";
import type { SyncDeps } from "./deps.ts";
import { getEntityStatus } from "./get-status.ts";
import { requireEntity } from "./list-entities.ts";
import { selectState } from "./store/entity-state.ts";
import { insertLog } from "./store/logs.ts";
import { insertRun } from "./store/runs.ts";

/**
 * Queues a run; some process takes it up at once.
 * @throws AppError run_active where one of the same entity is under way, not_mirrored where there is nothing to compare,
 * invalid_parameter where the portal has no such entity
 */
export async function startRun(
  deps: SyncDeps,
  run: { portalId: number; entity: Entity; type: RunType; cause: "person" | "schedule" },
): Promise<SyncRun> {
  const { db, publish } = deps;
  await requireEntity(deps, run.portalId, run.entity);
  if (run.type === "reconcile" && (await selectState(db.pool, run.portalId, run.entity)).watermark === null)
    throw new AppError("not_mirrored", `"${run.entity}" was never copied as a whole.`);
  const runId = await insertRun(db.pool, run);
  if (runId === null) throw new AppError("run_active", `A sync of "${run.entity}" is already under way.`);
  await insertLog(db.pool, {
    portalId: run.portalId,
    runId,
    entity: run.entity,
    level: "info",
    code: "run_queued",
    details: { type: run.type, cause: run.cause },
  });
  const status = await getEntityStatus(deps, run.portalId, run.entity);
  if (!status.run) throw new Error("a run that was just added cannot be found");
  await publish(run.portalId, status);
  return status.run;
}
