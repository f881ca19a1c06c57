import type { Entity, SchemaContract, SyncConfig } from "@b24kit/client/contract";
import { AppError } from "../../platform/http/app-error.ts";
import type { SyncDeps } from "./deps.ts";
import { listEntities, requireEntity } from "./list-entities.ts";
import { report } from "./report.ts";
import { selectConfig, updateConfig } from "./store/config.ts";

/** What a person changes; what is not named stays. */
export interface ConfigChange {
  readonly entity_type: Entity;
  readonly enabled?: boolean | undefined;
  /** 1 to 10,080: a minute to a week. */
  readonly sync_interval_minutes?: number | undefined;
  readonly webhook_enabled?: boolean | undefined;
  readonly contract?: SchemaContract | undefined;
}

/** How every entity of a portal is kept up to date. */
export async function getConfig(deps: SyncDeps, portalId: number): Promise<SyncConfig[]> {
  const names = (await listEntities(deps, portalId)).map(({ entity }) => entity);
  return selectConfig(deps.db.pool, portalId, names, deps.settings.intervalMinutes);
}

/** Changes how an entity is kept up to date; a shorter interval counts from the last run on. */
export async function configure(deps: SyncDeps, portalId: number, change: ConfigChange): Promise<SyncConfig> {
  const { db, settings } = deps;
  const entity = change.entity_type;
  await requireEntity(deps, portalId, entity);
  await updateConfig(db.pool, {
    portalId,
    entity,
    enabled: change.enabled ?? null,
    intervalMinutes: change.sync_interval_minutes ?? null,
    webhookEnabled: change.webhook_enabled ?? null,
    contract: change.contract ?? null,
  });
  const [config] = await selectConfig(db.pool, portalId, [entity], settings.intervalMinutes);
  if (config === undefined) throw new AppError("internal");
  await report(deps, portalId, entity);
  return config;
}
