import { createHash } from "node:crypto";
import type { PortalField } from "./fields.ts";

/** How one value of a portal's field is read; see decode.ts. */
export type Codec =
  | "bigint"
  | "integer"
  | "reference"
  | "numeric"
  | "boolean"
  | "text"
  | "code"
  | "date"
  | "timestamp"
  | "money"
  | "address"
  | "file"
  | "multifield"
  | "json";

export interface Column {
  readonly name: string;
  /** PostgreSQL type. */
  readonly type: string;
}

/** Where a portal's field goes: one column, or two for values that hold two things (money, addresses). */
export interface FieldPlan {
  readonly field: PortalField;
  readonly codec: Codec;
  /** Several values in a PostgreSQL array (or in one JSON value where the codec is JSON anyway). */
  readonly array: boolean;
  readonly columns: readonly [Column] | readonly [Column, Column];
}

const BY_TYPE: Readonly<Record<string, Codec>> = {
  integer: "bigint",
  user: "bigint",
  employee: "bigint",
  location: "bigint",
  iblock_section: "bigint",
  iblock_element: "bigint",
  crm_category: "integer",
  enumeration: "reference",
  crm_company: "reference",
  crm_contact: "reference",
  crm_lead: "reference",
  crm_deal: "reference",
  crm_quote: "reference",
  crm_entity: "reference",
  double: "numeric",
  char: "boolean",
  boolean: "boolean",
  string: "text",
  text: "text",
  url: "text",
  crm_status: "code",
  crm_currency: "code",
  crm: "code",
  date: "date",
  datetime: "timestamp",
  money: "money",
  address: "address",
  file: "file",
  crm_multifield: "multifield",
};

const SQL_TYPE: Readonly<Record<Codec, string>> = {
  bigint: "bigint",
  integer: "integer",
  reference: "bigint",
  numeric: "numeric",
  boolean: "boolean",
  text: "text",
  code: "text",
  date: "date",
  timestamp: "timestamp with time zone",
  money: "numeric",
  address: "text",
  file: "jsonb",
  multifield: "jsonb",
  json: "jsonb",
};

/** Codecs whose several values stay one JSON value. */
const jsonWhenMultiple: ReadonlySet<Codec> = new Set(["money", "address", "file", "multifield", "json"]);

/** PostgreSQL cuts identifiers silently at 63 bytes; ours are cut on purpose and stay distinct. */
export const MAX_IDENTIFIER_BYTES = 63;

/** PostgreSQL allows 1,600, the mirror's own and those of earlier types included. */
export const MAX_COLUMNS = 1500;

/** Names starting with an underscore are the mirror's own columns. */
const idColumn: Column = { name: "id", type: "bigint" };

/**
 * The columns of an entity's table. The id comes first; the order of the rest is the portal's, and the last ones are
 * left out where there are more than a table can have. Pure: the same fields give the same columns on every machine.
 */
export function planColumns(
  fields: readonly PortalField[],
  idField: string,
  notListed: readonly string[] = [],
): FieldPlan[] {
  const taken = new Set([idColumn.name]);
  const plans: FieldPlan[] = [];
  for (const field of fields) {
    if (field.name === idField) plans.unshift({ field, codec: "bigint", array: false, columns: [idColumn] });
    else if (!notListed.includes(field.name) && taken.size < MAX_COLUMNS - 1)
      plans.push(planField(field, taken));
  }
  return plans;
}

function planField(field: PortalField, taken: Set<string>): FieldPlan {
  const codec = chooseCodec(field);
  const array = field.multiple && !jsonWhenMultiple.has(codec);
  const type = field.multiple && !array ? "jsonb" : `${SQL_TYPE[codec]}${array ? "[]" : ""}`;
  const main = { name: columnName(field.name, "", taken), type };
  const second = field.multiple ? null : secondColumn(codec);
  if (second === null) return { field, codec, array, columns: [main] };
  return {
    field,
    codec,
    array,
    columns: [main, { name: columnName(field.name, second.suffix, taken), type: second.type }],
  };
}

function chooseCodec({ type }: PortalField): Codec {
  if (Object.hasOwn(BY_TYPE, type)) return BY_TYPE[type]!;
  // Types that applications register (`rest_<app>_<code>`) hold text; what nobody knows is kept as it came.
  return type.startsWith("rest_") ? "text" : "json";
}

function secondColumn(codec: Codec): { suffix: string; type: string } | null {
  if (codec === "money") return { suffix: "_currency", type: "text" };
  if (codec === "address") return { suffix: "_place", type: "jsonb" };
  return null;
}

/** Lower case, `createdTime` as `created_time`, within 63 bytes, never twice, never one of the mirror's own names. */
function columnName(fieldName: string, suffix: string, taken: Set<string>): string {
  const words = /^[a-z]/.test(fieldName) ? fieldName.replace(/([a-z0-9])(?=[A-Z])/g, "$1_") : fieldName;
  const wanted = `${words.toLowerCase().replace(/^_+/, "f_")}${suffix}`;
  const name = fits(wanted) && !taken.has(wanted) ? wanted : shorten(wanted, fieldName + suffix);
  taken.add(name);
  return name;
}

/** Cut at a character's border, ended by eight characters of the full name's hash. */
const shorten = (wanted: string, fullName: string): string => endedBy(wanted, `_${shortHash(fullName)}`);

export const shortHash = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 8);

export const fits = (name: string): boolean => Buffer.byteLength(name) <= MAX_IDENTIFIER_BYTES;

/** As much of a name as fits before its ending, cut at a character's border. */
export function endedBy(name: string, ending: string): string {
  let head = name;
  while (!fits(head + ending)) head = [...head].slice(0, -1).join("").trimEnd();
  return head + ending;
}
