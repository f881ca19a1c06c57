import type { ColumnKind, Entity } from "@b24kit/client/contract";

import pg from "pg";
import type { Queryable } from "../store/queryable.ts";
import type { Shape } from "./source.ts";
import { type Output, output, type Values } from "./statement.ts";

/** A field that the portal's people made, as the mirror keeps it. */
interface UserField {
  readonly label: string;
  readonly type: string;
  readonly multiple: boolean;
  readonly items: readonly { readonly id: string; readonly label: string }[];
  readonly column: string;
  readonly sqlType: string;
}

/** More columns than this nobody reads in a list. */
const MOST = 40;

const KINDS: Readonly<Record<string, ColumnKind>> = {
  integer: "number",
  double: "number",
  boolean: "boolean",
  char: "boolean",
  date: "date",
  datetime: "datetime",
  money: "money",
  url: "url",
  enumeration: "status",
  employee: "user",
};

export async function readUserFields(db: Queryable, portalId: number, entity: Entity): Promise<UserField[]> {
  const { rows } = await db.query<UserField>(
    `SELECT label, type, multiple, items, columns[1] AS column, column_types[1] AS "sqlType" FROM b24kit.sync_fields
     WHERE portal_id = $1 AND entity = $2 AND custom AND removed_at IS NULL AND type <> 'file' ORDER BY position LIMIT $3`,
    [portalId, entity, MOST],
  );
  return rows;
}

export function userFieldShape(fields: readonly UserField[]): Shape {
  return Object.fromEntries(fields.map(({ column, sqlType }) => [column, sqlType]));
}

/** Lists show their words, employees their names; the rest is shown as it is kept. `row` is the record's alias. */
export function userFieldOutputs(
  fields: readonly UserField[],
  row: string,
  users: string,
  values: Values,
): Output[] {
  return fields.map((field) => {
    const value = `${row}.${pg.escapeIdentifier(field.column)}`;
    const kind: ColumnKind = field.multiple
      ? "list"
      : (KINDS[field.type] ?? (field.sqlType === "jsonb" ? "json" : "text"));
    return output(field.column, field.label, field.label, kind, inWords(field, value, users, values));
  });
}

function inWords(field: UserField, value: string, users: string, values: Values): string {
  if (field.type === "enumeration") {
    const words = `${values.add(JSON.stringify(Object.fromEntries(field.items.map(({ id, label }) => [id, label]))))}::jsonb`;
    if (!field.multiple) return `coalesce(${words} ->> ${value}::text, ${value}::text)`;
    return `(SELECT array_agg(coalesce(${words} ->> e::text, e::text)) FROM unnest(${value}) e)`;
  }
  if (field.type === "employee" && !field.multiple)
    return `(SELECT full_name FROM ${users} WHERE u.id = ${value})`;
  return value;
}
