import type { Entity } from "@b24kit/client/contract";
import type { Sources } from "../queries/source.ts";
import type { Queryable } from "./queryable.ts";

export interface CustomField {
  readonly entity: Entity;
  readonly name: string;
  readonly type: string;
  readonly multiple: boolean;
  readonly label: string;
  readonly statusType: string | null;
  readonly items: readonly { readonly id: string; readonly label: string }[];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** The fields that the portal's people made, of every entity. */
export async function selectCustomFields(db: Queryable, portalId: number): Promise<CustomField[]> {
  const { rows } = await db.query<CustomField>(
    `SELECT entity, name, type, multiple, label, status_type AS "statusType", items,
       (SELECT jsonb_agg(jsonb_build_object('name', c.name, 'type', c.type) ORDER BY c.no)
        FROM unnest(columns, column_types) WITH ORDINALITY AS c(name, type, no)) AS columns
     FROM b24kit.sync_fields WHERE portal_id = $1 AND custom AND removed_at IS NULL AND columns <> '{}' ORDER BY entity, position`,
    [portalId],
  );
  return rows;
}

export interface Words {
  readonly statuses: readonly {
    readonly dictionary: string;
    readonly code: string;
    readonly name: string;
    readonly color: string | null;
    readonly semantics: string | null;
  }[];
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly currencies: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly base: boolean;
  }[];
  readonly users: readonly { readonly id: number; readonly name: string }[];
  readonly departments: readonly { readonly id: number; readonly name: string }[];
}

const GONE = { _deleted_at: "timestamp with time zone" };

/** What the portal's dictionaries say now, each in its own order; in one statement, since they are small. */
export async function selectWords(db: Queryable, sources: Sources): Promise<Words> {
  const statuses = sources.from(
    "statuses",
    {
      entity_id: "text",
      status_id: "text",
      name: "text",
      color: "text",
      semantics: "text",
      sort: "integer",
      ...GONE,
    },
    "s",
  );
  const categories = sources.from(
    "categories",
    { entity_type_id: "integer", id: "bigint", name: "text", sort: "integer", ...GONE },
    "c",
  );
  const currencies = sources.from(
    "currencies",
    { id: "text", name: "text", is_base: "boolean", sort: "integer", ...GONE },
    "m",
  );
  const users = sources.from("users", { id: "bigint", full_name: "text", active: "boolean", ...GONE }, "u");
  const departments = sources.from(
    "departments",
    { id: "bigint", name: "text", sort: "integer", ...GONE },
    "d",
  );
  const list = (object: string, order: string, from: string, where: string) =>
    `(SELECT coalesce(jsonb_agg(jsonb_build_object(${object}) ORDER BY ${order}), '[]') FROM ${from} WHERE ${where} _deleted_at IS NULL)`;
  const { rows } = await db.query<Words>(
    `SELECT ${list("'dictionary', entity_id, 'code', status_id, 'name', name, 'color', color, 'semantics', semantics", 'entity_id COLLATE "C", sort, status_id', statuses, "")} AS statuses,
       ${list("'id', id, 'name', name", "sort, id", categories, "entity_type_id = 2 AND")} AS categories,
       ${list("'id', id, 'name', name, 'base', coalesce(is_base, false)", "sort, id", currencies, "")} AS currencies,
       ${list("'id', id, 'name', full_name", "active DESC NULLS LAST, id", users, "")} AS users,
       ${list("'id', id, 'name', name", "sort, id", departments, "")} AS departments`,
  );
  return rows[0]!;
}

/** Rows that the mirror shows of each entity, as of its last run. */
export async function selectRowCounts(
  db: Queryable,
  portalId: number,
): Promise<Partial<Record<Entity, number>>> {
  const { rows } = await db.query<{ entity: Entity; rows: string }>(
    "SELECT entity, rows FROM b24kit.sync_state WHERE portal_id = $1 AND last_completed_at IS NOT NULL",
    [portalId],
  );
  return Object.fromEntries(rows.map(({ entity, rows: count }) => [entity, Number(count)]));
}
