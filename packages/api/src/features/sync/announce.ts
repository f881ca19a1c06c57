import type { SubscriptionEvent } from "@b24kit/client/contract";
import type { Alignment } from "./align-mirror.ts";
import type { SyncDeps } from "./deps.ts";
import { describeEntity } from "./list-entities.ts";
import type { Queryable } from "./store/queryable.ts";
import type { Run } from "./store/runs.ts";
import { selectRun } from "./store/status.ts";

type Announcing = Pick<SyncDeps, "announce" | "db" | "portals">;

/** Tells that a run has ended, as it stands in the transaction. */
export async function announceEnd(
  deps: Announcing,
  tx: Queryable,
  { id, portalId, entity }: Pick<Run, "id" | "portalId" | "entity">,
  event: Exclude<SubscriptionEvent, "sync.schema.changed">,
): Promise<void> {
  const [{ host }, run] = [await deps.portals.get(portalId), await selectRun(tx, portalId, id)];
  const { label } = await describeEntity(deps, portalId, entity);
  await deps.announce(tx, { portalId, event, data: { portal: host, label, run } });
}

/** Tells that columns came or were made anew. A table that is made for the first time is no change. */
export async function announceSchema(
  deps: Announcing,
  tx: Queryable,
  { portalId, entity }: Pick<Run, "portalId" | "entity">,
  { created, added, retyped }: Alignment,
): Promise<void> {
  if (created || added.length + retyped.length === 0) return;
  const { host } = await deps.portals.get(portalId);
  const { label } = await describeEntity(deps, portalId, entity);
  const data = { portal: host, label, entity, added, retyped };
  await deps.announce(tx, { portalId, event: "sync.schema.changed", data });
}
