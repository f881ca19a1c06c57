import type { Entity } from "@b24kit/client/contract";
import type { FieldPlan } from "../columns.ts";
import type { PortalField } from "../fields.ts";
import type { Division } from "../schema-contract.ts";
import type { Queryable } from "./queryable.ts";

/**
 * Keeps the portal's description of its fields; what is no longer described is marked, not forgotten. Fields `apart` have
 * no columns.
 */
export async function saveFields(
  tx: Queryable,
  portalId: number,
  entity: Entity,
  plans: readonly FieldPlan[],
  apart: readonly PortalField[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const kept = [...plans, ...apart.map((field) => ({ field, columns: [] }))];
  const records = kept.map(({ field, columns }, position) => ({
    name: field.name,
    position,
    type: field.type,
    multiple: field.multiple,
    custom: field.custom,
    label: field.label,
    status_type: field.statusType,
    items: field.items,
    field_id: ids.get(field.name) ?? null,
    columns: columns.map((column) => column.name),
    column_types: columns.map((column) => column.type),
  }));
  const values =
    "position, type, multiple, custom, label, status_type, items, field_id, columns, column_types";
  await tx.query(
    `INSERT INTO b24kit.sync_fields AS f (portal_id, entity, name, ${values})
     SELECT $1, $2, r.name, ${values
       .split(", ")
       .map((name) => `r.${name}`)
       .join(", ")}
     FROM jsonb_to_recordset($3::jsonb) AS r(name text, position integer, type text, multiple boolean, custom boolean, label text,
       status_type text, items jsonb, field_id text, columns text[], column_types text[])
     ON CONFLICT (portal_id, entity, name) DO UPDATE
       SET (${values}, removed_at) = (${values
         .split(", ")
         .map((name) => `excluded.${name}`)
         .join(", ")}, NULL)`,
    [portalId, entity, JSON.stringify(records)],
  );
  await tx.query(
    `UPDATE b24kit.sync_fields SET removed_at = now() WHERE portal_id = $1 AND entity = $2 AND removed_at IS NULL AND name <> ALL($3::text[])`,
    [portalId, entity, kept.map(({ field }) => field.name)],
  );
}

/** The fields as they were when the last run was planned, in the portal's order: those with columns, and the others. */
export async function selectFields(db: Queryable, portalId: number, entity: Entity): Promise<Division> {
  const { rows } = await db.query<PortalField & { stored: boolean }>(
    `SELECT name, type, multiple, custom, label, status_type AS "statusType", items, columns <> '{}' AS stored
     FROM b24kit.sync_fields WHERE portal_id = $1 AND entity = $2 AND removed_at IS NULL ORDER BY position`,
    [portalId, entity],
  );
  const of = (wanted: boolean) =>
    rows.filter(({ stored }) => stored === wanted).map(({ stored, ...field }) => field);
  return { columns: of(true), apart: of(false) };
}

/**
 * Columns of fields that are not the fields they were, although they have the same name: deleted and made anew, which
 * leaves them without the values that they had; or without a column for a while, in which values went past it.
 */
export async function selectReplacedColumns(
  db: Queryable,
  portalId: number,
  entity: Entity,
  plans: readonly FieldPlan[],
  ids: ReadonlyMap<string, string>,
): Promise<string[]> {
  const names = plans.map(({ field }) => field.name);
  const { rows } = await db.query<{ name: string }>(
    `SELECT f.name FROM b24kit.sync_fields f JOIN unnest($3::text[], $4::text[]) AS p(name, id) USING (name)
     WHERE f.portal_id = $1 AND f.entity = $2 AND (f.removed_at IS NOT NULL OR f.field_id <> p.id OR f.columns = '{}')`,
    [portalId, entity, names, names.map((name) => ids.get(name) ?? null)],
  );
  const replaced = new Set(rows.map(({ name }) => name));
  return plans.flatMap(({ field, columns }) =>
    replaced.has(field.name) ? columns.map((column) => column.name) : [],
  );
}
