import type { Entity, EntityStatus, SyncStatus } from "@b24kit/client/contract";
import type { SyncDeps } from "./deps.ts";
import { describeEntity, listEntities } from "./list-entities.ts";
import { selectStatus } from "./store/status.ts";

type Reading = Pick<SyncDeps, "db" | "portals">;

/** State of every entity of a portal: what GET /sync/status answers and what a subscriber receives first. */
export async function getStatus(deps: Reading, portalId: number): Promise<SyncStatus> {
  const { host } = await deps.portals.get(portalId);
  const entities = await listEntities(deps, portalId);
  return { portal: host, entities: await selectStatus(deps.db.pool, portalId, entities) };
}

/** State of one entity. @throws AppError invalid_parameter */
export async function getEntityStatus(
  deps: Reading,
  portalId: number,
  entity: Entity,
): Promise<EntityStatus> {
  const [status] = await selectStatus(deps.db.pool, portalId, [await describeEntity(deps, portalId, entity)]);
  if (status === undefined) throw new Error(`no status of "${entity}"`);
  return status;
}
