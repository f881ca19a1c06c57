import type { Entity, EntityStatus } from "@b24kit/client/contract";
import type { SyncDeps } from "./deps.ts";
import { insertLog } from "./store/logs.ts";
import { applyToActive } from "./store/runs.ts";
import { selectStatus } from "./store/status.ts";

/**
 * Holds the active run of an entity, or lets it go on from where it stands. Whoever works on it hears of a pause by the
 * published status, and finds its next commit refused. Where the word does not apply nothing happens.
 */
export async function pauseRun(
  { db, publish }: SyncDeps,
  portalId: number,
  entity: Entity,
  event: "pause" | "unpause",
): Promise<EntityStatus> {
  const runId = await applyToActive(db.pool, portalId, entity, event);
  if (runId !== null) {
    const code = event === "pause" ? "run_paused" : "run_unpaused";
    await insertLog(db.pool, { portalId, runId, entity, level: "info", code });
  }
  const [status] = await selectStatus(db.pool, portalId, [entity]);
  if (status === undefined) throw new Error(`no status of "${entity}"`);
  if (runId !== null) await publish(portalId, status);
  return status;
}
