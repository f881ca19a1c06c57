import type { SyncStatus } from "@b24kit/client/contract";
import type { SyncDeps } from "./deps.ts";
import { entityNames } from "./entities.ts";
import { selectStatus } from "./store/status.ts";

/** State of every entity of a portal: what GET /sync/status answers and what a subscriber receives first. */
export async function getStatus(
  deps: Pick<SyncDeps, "db" | "portals">,
  portalId: number,
): Promise<SyncStatus> {
  const { host } = await deps.portals.get(portalId);
  return { portal: host, entities: await selectStatus(deps.db.pool, portalId, entityNames) };
}
