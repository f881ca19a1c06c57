import type { Entity } from "@b24kit/client/contract";
import type { SchemaChange } from "../schema-changes.ts";
import type { Queryable } from "./queryable.ts";

/** Keeps what happened to an entity's fields; a table that may not follow would tell the same at every run. */
export async function insertSchemaChanges(
  tx: Queryable,
  { portalId, entity }: { portalId: number; entity: Entity },
  changes: readonly SchemaChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `INSERT INTO b24kit.sync_schema_changes (portal_id, entity, field, change, before, after)
     SELECT $1, $2, c.field, c.change, c.before, c.after FROM jsonb_to_recordset($3::jsonb)
       AS c(field text, change text, before text, after text)
     WHERE NOT EXISTS (
       SELECT FROM (SELECT change, before, after FROM b24kit.sync_schema_changes
         WHERE portal_id = $1 AND entity = $2 AND field = c.field
           AND change IN ('added', 'removed', 'retyped', 'replaced') ORDER BY id DESC LIMIT 1) AS last
       WHERE (last.change, last.before, last.after) IS NOT DISTINCT FROM (c.change, c.before, c.after))`,
    [portalId, entity, JSON.stringify(changes)],
  );
}
