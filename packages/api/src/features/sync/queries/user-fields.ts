import type { ColumnKind, Entity, Label } from "@b24kit/client/contract";

import pg from "pg";
import type { Queryable } from "../store/queryable.ts";
import { inWords, type WordSources } from "../words.ts";
import type { Shape, Sources } from "./source.ts";
import { type Output, output, type Values } from "./statement.ts";

/** A field of the portal, as the mirror keeps it and as a list shows it. */
export interface ListedField {
  readonly label: Label;
  readonly type: string;
  readonly multiple: boolean;
  readonly items: readonly { readonly id: string; readonly label: string }[];
  /** ENTITY_ID of the dictionary of a code. */
  readonly statusType: string | null;
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
  crm_status: "status",
  crm_currency: "status",
  employee: "user",
  user: "user",
  crm_company: "id",
  crm_contact: "id",
  crm_lead: "id",
  crm_deal: "id",
  crm_entity: "id",
};

/** Fields of an entity: those that the portal's people made, or all. */
export async function readListedFields(
  db: Queryable,
  portalId: number,
  entity: Entity,
  { customOnly }: { customOnly: boolean },
): Promise<ListedField[]> {
  const { rows } = await db.query<ListedField & { title: string }>(
    `SELECT jsonb_build_object('ru', label, 'en', label) AS label, type, multiple, items, status_type AS "statusType",
       columns[1] AS column, column_types[1] AS "sqlType" FROM b24kit.sync_fields
     WHERE portal_id = $1 AND entity = $2 AND (custom OR NOT $4) AND removed_at IS NULL AND columns <> '{}' AND type <> 'file' ORDER BY position LIMIT $3`,
    [portalId, entity, customOnly ? MOST : 2 * MOST, customOnly],
  );
  return rows;
}

export function listedShape(fields: readonly ListedField[]): Shape {
  return Object.fromEntries(fields.map(({ column, sqlType }) => [column, sqlType]));
}

/** Lists and dictionaries show their words, people their names; the rest is shown as it is kept. `row` is the record's alias. */
export function listedOutputs(
  fields: readonly ListedField[],
  row: string,
  sources: Sources,
  values: Values,
): Output[] {
  const words = wordSources(sources, values);
  return fields.map((field) => {
    const value = `${row}.${pg.escapeIdentifier(field.column)}`;
    const kind: ColumnKind = field.multiple
      ? "list"
      : field.items.length > 0
        ? "status"
        : (KINDS[field.type] ?? (field.sqlType === "jsonb" ? "json" : "text"));
    const { ru, en } = field.label;
    return output(field.column, ru, en, kind, inWords(field, value, words));
  });
}

function wordSources(sources: Sources, values: Values): WordSources {
  return {
    text: (value) => values.add(value),
    from: (table, alias) => sources.from(table, DICTIONARIES[table], alias),
    isOf: (dictionary) => `word.entity_id LIKE ${values.add(anyFunnel(dictionary))}`,
    funnels: false,
  };
}

const DICTIONARIES = {
  users: { id: "bigint", full_name: "text" },
  statuses: { entity_id: "text", status_id: "text", name: "text" },
  categories: { id: "bigint", entity_type_id: "bigint", name: "text" },
};

/** The portal names the stages of one funnel; those of the others stand in dictionaries of their own. */
export const anyFunnel = (dictionary: string): string =>
  dictionary.replace(/_/g, "\\_").replace(/STAGE\\_\d+$/, "STAGE%");
