import type { Entity, EntityStatus } from "@b24kit/client/contract";
import type { SyncDeps } from "./deps.ts";
import { getEntityStatus } from "./get-status.ts";
import { requireEntity } from "./list-entities.ts";
import { insertLog } from "./store/logs.ts";
import { applyToActive } from "./store/runs.ts";

/**
 * Holds the active run of an entity, or lets it go on from where it stands. Whoever works on it hears of a pause by the
 * published status, and finds its next commit refused. Where the word does not apply nothing happens.
 */
export async function pauseRun(
  deps: SyncDeps,
  portalId: number,
  entity: Entity,
  event: "pause" | "unpause",
): Promise<EntityStatus> {
  const { db } = deps;
  await requireEntity(deps, portalId, entity);
  const runId = await applyToActive(db.pool, portalId, entity, event);
  if (runId !== null) {
    const code = event === "pause" ? "run_paused" : "run_unpaused";
    await insertLog(db.pool, { portalId, runId, entity, level: "info", code });
  }
  const status = await getEntityStatus(deps, portalId, entity);
  if (runId !== null) await deps.publish(portalId, status);
  return status;
}
