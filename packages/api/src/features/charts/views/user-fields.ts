import { createHash } from "node:crypto";
import type { CatalogueValue, ColumnKind, Entity } from "@b24kit/client/contract";
import pg from "pg";
import type { MirrorDescription, MirrorField } from "../deps.ts";
import { column, type ViewColumn } from "./definition.ts";
import { dictionaryValues, sameInBoth } from "./values.ts";

/** More than these no model reads, and no person looks for. */
const MOST = 120;

/** What a portal's own types are to a chart; what is not here (files, addresses, bindings) is left out. */
const KINDS: Readonly<Record<string, readonly [ColumnKind, string]>> = {
  string: ["text", "text"],
  integer: ["number", "bigint"],
  double: ["number", "numeric"],
  boolean: ["boolean", "boolean"],
  char: ["boolean", "boolean"],
  date: ["date", "date"],
  datetime: ["datetime", "timestamptz"],
  money: ["money", "numeric"],
  enumeration: ["status", "text"],
  crm_status: ["status", "text"],
  employee: ["user", "text"],
};

/** The fields that the portal's people made: their columns in the view, and what they read of the mirror. */
export function userFields(
  mirror: MirrorDescription,
  entity: Entity,
): { columns: ViewColumn[]; shape: Record<string, string> } {
  const fields = mirror.fields.filter((field) => field.entity === entity && isReadable(field)).slice(0, MOST);
  return {
    columns: fields.flatMap((field) => toColumns(mirror, field)),
    shape: Object.fromEntries(
      fields.flatMap(({ columns }) => columns.map(({ name, type }): [string, string] => [name, type])),
    ),
  };
}

function isReadable({ type, multiple, columns }: MirrorField): boolean {
  return Object.hasOwn(KINDS, type) && columns.length > 0 && !(multiple && columns[0]!.type === "jsonb");
}

function toColumns(mirror: MirrorDescription, field: MirrorField): ViewColumn[] {
  const [kind, type] = KINDS[field.type]!;
  const name = identifier(field.columns[0]!.name);
  const label = [field.label, field.label] as const;
  const values = valuesOf(mirror, field);
  const listed = values === undefined ? {} : { values };
  const value = `d.${pg.escapeIdentifier(field.columns[0]!.name)}`;
  if (field.multiple) {
    return [column(name, field.name, label, ["list", `${type}[]`], inWords(mirror, field, value), listed)];
  }
  const currency = field.type === "money" ? field.columns[1] : undefined;
  const currencyName = currency && identifier(currency.name);
  const unit = currencyName ? { unit: `{${currencyName}}` } : {};
  const main = column(name, field.name, label, [kind, type], inWords(mirror, field, value), {
    ...listed,
    ...unit,
  });
  if (!currency || !currencyName) return [main];
  const words = [`${field.label}: валюта`, `${field.label}: currency`] as const;
  const code = `d.${pg.escapeIdentifier(currency.name)}`;
  return [main, column(currencyName, field.name, words, ["status", "text"], code)];
}

/** The words are the values here: they are what a chart shows and a question names. */
function valuesOf(mirror: MirrorDescription, field: MirrorField): CatalogueValue[] | undefined {
  if (field.type === "enumeration") {
    return field.items.map(({ label }, order) => ({ code: label, label: sameInBoth(label), order }));
  }
  if (field.type !== "crm_status" || field.statusType === null) return undefined;
  return dictionaryValues(mirror, field.statusType).map((value) => ({ ...value, code: value.label.ru }));
}

function inWords(mirror: MirrorDescription, field: MirrorField, value: string): string {
  const word = wordOf(mirror, field);
  if (word === null) return value;
  if (!field.multiple) return word(value);
  return `(SELECT array_agg(${word("e.item")}) FROM unnest(${value}) AS e(item))`;
}

/** SQL that gives a code's words; null where the value is shown as it is. */
function wordOf(mirror: MirrorDescription, field: MirrorField): ((code: string) => string) | null {
  if (field.type === "enumeration") {
    const words = Object.fromEntries(field.items.map(({ id, label }) => [id, label]));
    const json = `${pg.escapeLiteral(JSON.stringify(words))}::jsonb`;
    return (code) => `coalesce(${json} ->> ${code}::text, ${code}::text)`;
  }
  if (field.type === "employee") {
    const people = mirror.from("users", { id: "bigint", full_name: "text" }, "person");
    return (code) =>
      `coalesce((SELECT person.full_name FROM ${people} WHERE person.id = ${code}), ${code}::text)`;
  }
  if (field.type === "crm_status" && field.statusType !== null) {
    const statuses = mirror.from("statuses", { entity_id: "text", status_id: "text", name: "text" }, "word");
    const dictionary = pg.escapeLiteral(field.statusType);
    return (code) =>
      `coalesce((SELECT word.name FROM ${statuses} WHERE word.entity_id = ${dictionary} AND word.status_id = ${code}), ${code})`;
  }
  return null;
}

/** The mirror's name where it needs no quotes, else one that does not, the same every time. */
function identifier(name: string): string {
  if (/^uf_[a-z0-9_]{1,60}$/.test(name)) return name;
  return `uf_${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
}
