import type { Entity } from "@b24kit/client/contract";
import type { SyncDeps } from "./deps.ts";
import { getEntityStatus } from "./get-status.ts";

/** Publishes an entity's status as it is now. */
export async function report(deps: SyncDeps, portalId: number, entity: Entity): Promise<void> {
  await deps.publish(portalId, await getEntityStatus(deps, portalId, entity));
}
