import type { Entity, EntityStatus } from "@b24kit/client/contract";
import type { SyncDeps } from "./deps.ts";
import { tableOf } from "./entities.ts";
import { getEntityStatus } from "./get-status.ts";
import { requireEntity } from "./list-entities.ts";
import { postponeNext } from "./store/entity-state.ts";
import { insertLog } from "./store/logs.ts";
import { countRows } from "./store/mirror-rows.ts";
import { applyToActive } from "./store/runs.ts";

/**
 * Ends the active run of an entity; what it wrote stays. Whoever works on it finds its next commit refused, and hears
 * of it by the published status sooner than that. Without an active run nothing happens.
 */
export async function cancelRun(deps: SyncDeps, portalId: number, entity: Entity): Promise<EntityStatus> {
  const { db, portals, publish, settings } = deps;
  await requireEntity(deps, portalId, entity);
  const runId = await applyToActive(db.pool, portalId, entity, "cancel");
  if (runId !== null) {
    const { schema } = await portals.get(portalId);
    const rows = await countRows(db.pool, schema, tableOf(entity));
    await postponeNext(db.pool, portalId, entity, rows, settings.intervalMinutes);
    await insertLog(db.pool, { portalId, runId, entity, level: "info", code: "run_cancelled" });
  }
  const status = await getEntityStatus(deps, portalId, entity);
  if (runId !== null) await publish(portalId, status);
  return status;
}
