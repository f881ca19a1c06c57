import type { Entity } from "@b24kit/client/contract";
import type { SyncDeps } from "./deps.ts";
import { selectStatus } from "./store/status.ts";

/** Publishes an entity's status as it is now. */
export async function report(deps: SyncDeps, portalId: number, entity: Entity): Promise<void> {
  const [status] = await selectStatus(deps.db.pool, portalId, [entity]);
  if (status !== undefined) await deps.publish(portalId, status);
}
