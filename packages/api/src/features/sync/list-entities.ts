import type { Entity } from "@b24kit/client/contract";
import { AppError } from "../../platform/http/app-error.ts";
import type { SyncDeps } from "./deps.ts";
import { ENTITIES, findEntity, type MirroredEntity, smartProcess } from "./entities.ts";
import { selectSmartProcesses } from "./store/smart-processes.ts";

type Reading = Pick<SyncDeps, "db" | "portals">;

/** What can be mirrored of a portal: the same of every portal, and the smart processes that it was seen to have. */
export async function listEntities(
  { db, portals }: Reading,
  portalId: number,
): Promise<readonly MirroredEntity[]> {
  const { schema } = await portals.get(portalId);
  const own = await selectSmartProcesses(db.pool, schema);
  return [...ENTITIES, ...own.map(({ entityTypeId, title }) => smartProcess(entityTypeId, title))];
}

/** An entity with what the portal calls it; also a smart process that is gone since. @throws AppError invalid_parameter */
export async function describeEntity(
  deps: Reading,
  portalId: number,
  entity: Entity,
): Promise<MirroredEntity> {
  const known = ENTITIES.find((one) => one.entity === entity);
  if (known) return known;
  const all = await listEntities(deps, portalId);
  const found = all.find((one) => one.entity === entity) ?? findEntity(entity);
  if (found) return found;
  throw unknown(entity, all);
}

/** @throws AppError invalid_parameter where the portal has no such entity */
export async function requireEntity(deps: Reading, portalId: number, entity: Entity): Promise<void> {
  const all = await listEntities(deps, portalId);
  if (!all.some((one) => one.entity === entity)) throw unknown(entity, all);
}

function unknown(entity: Entity, all: readonly MirroredEntity[]): AppError {
  const names = all.map((one) => one.entity).join(", ");
  return new AppError("invalid_parameter", `"entity": "${entity}" is none of ${names}.`);
}
