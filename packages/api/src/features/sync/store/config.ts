import type { Entity, SchemaContract, SyncConfig } from "@b24kit/client/contract";
import type { Queryable } from "./queryable.ts";

export async function selectConfig(
  db: Queryable,
  portalId: number,
  entities: readonly Entity[],
  intervalMinutes: number,
): Promise<SyncConfig[]> {
  const { rows } = await db.query<SyncConfig>(
    `SELECT e.entity AS entity_type, coalesce(s.enabled, true) AS enabled, coalesce(s.interval_minutes, $3) AS sync_interval_minutes,
       coalesce(s.webhook_enabled, true) AS webhook_enabled,
       coalesce(s.contract, 'evolve') AS contract
     FROM unnest($2::text[]) WITH ORDINALITY AS e(entity, position)
     LEFT JOIN b24kit.sync_state s ON s.portal_id = $1 AND s.entity = e.entity ORDER BY e.position`,
    [portalId, entities, intervalMinutes],
  );
  return rows;
}

export interface ConfigValues {
  readonly portalId: number;
  readonly entity: Entity;
  /** Null leaves what is there. */
  readonly enabled: boolean | null;
  readonly intervalMinutes: number | null;
  readonly webhookEnabled: boolean | null;
  readonly contract: SchemaContract | null;
}

/** The next run moves with the interval: it is due an interval after the last. */
export async function updateConfig(db: Queryable, values: ConfigValues): Promise<void> {
  await db.query(
    `INSERT INTO b24kit.sync_state AS s (portal_id, entity, enabled, interval_minutes, webhook_enabled, contract)
     VALUES ($1, $2, coalesce($3, true), $4, coalesce($5, true), coalesce($6, 'evolve'))
     ON CONFLICT (portal_id, entity) DO UPDATE SET enabled = coalesce($3, s.enabled), interval_minutes = coalesce($4, s.interval_minutes),
       webhook_enabled = coalesce($5, s.webhook_enabled), contract = coalesce($6, s.contract),
       next_run_at = CASE WHEN $4 IS NULL OR s.next_run_at IS NULL THEN s.next_run_at
         ELSE greatest(now(), s.last_completed_at + make_interval(mins => $4)) END`,
    [
      values.portalId,
      values.entity,
      values.enabled,
      values.intervalMinutes,
      values.webhookEnabled,
      values.contract,
    ],
  );
}
