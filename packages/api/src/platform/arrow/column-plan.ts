import type { ColumnKind, Label } from "@b24kit/client/contract";
import { ARRAY_ELEMENT, arrayToJson, uuidText } from "./array-json.ts";
import { ColumnBuffer, type Render } from "./column-buffer.ts";
import { type ColumnForm, OID } from "./column-code.ts";
import { numericToText } from "./numeric.ts";
import type { WireField } from "./wire.ts";

/** What a query knows about a column beyond its PostgreSQL type. */
export interface ColumnInfo {
  readonly name: string;
  readonly label: Label;
  readonly kind: ColumnKind;
  /** A currency code or a unit. */
  readonly unit?: string;
  /** A path on the portal with `{column}` slots. */
  readonly link?: string;
  /** Value -> colour. */
  readonly colors?: Readonly<Record<string, string>>;
}

/** Whether a text column goes as dictionary codes; `undecided` columns are judged by their first batch. */
export type TextChoice = "dictionary" | "plain" | "undecided";

/** One column of a result, from wire to Arrow. */
export interface ColumnPlan {
  readonly field: WireField;
  readonly info: ColumnInfo | undefined;
  readonly form: ColumnForm;
  /** Asked for in PostgreSQL's binary form; types that we do not know come as text. */
  readonly binary: boolean;
  readonly render: Render | null;
  readonly text: TextChoice | null;
}

const FIXED: Readonly<Record<number, ColumnForm>> = {
  [OID.int2]: "int16",
  [OID.int4]: "int32",
  [OID.int8]: "int64",
  [OID.oid]: "oid",
  [OID.float4]: "float32",
  [OID.float8]: "float64",
  [OID.numeric]: "numeric",
  [OID.bool]: "boolean",
  [OID.date]: "date",
  [OID.timestamp]: "timestamp",
  [OID.timestamptz]: "timestamp",
};

const RENDERS: Readonly<Record<number, Render>> = {
  [OID.uuid]: (bytes, _view, at) => uuidText(bytes, at),
  [OID.bytea]: (bytes, _view, at, length) => bytes.toString("base64", at, at + length),
};

const asExactNumber: Render = (_bytes, view, at) => numericToText(view, at);
const asJsonArray: Render = (bytes, view, at) => arrayToJson(bytes, view, at);

/** Kinds whose values repeat by nature, and kinds whose values hardly ever do. */
const REPEATING: readonly ColumnKind[] = ["status", "stage", "user", "department"];
const UNIQUE: readonly ColumnKind[] = ["id", "phone", "email", "url", "json", "list"];

/**
 * How a column of this type travels.
 * @param exact numerics keep every digit, as text; otherwise they become the nearest double.
 */
export function planColumn(field: WireField, info: ColumnInfo | undefined, exact: boolean): ColumnPlan {
  const plan = { field, info, binary: true, render: null, text: null };
  if (exact && field.oid === OID.numeric) return { ...plan, form: "rendered", render: asExactNumber };
  const fixed = FIXED[field.oid];
  if (fixed) return { ...plan, form: fixed };
  if (field.oid in ARRAY_ELEMENT) return { ...plan, form: "rendered", render: asJsonArray };
  const render = RENDERS[field.oid];
  if (render) return { ...plan, form: "rendered", render };
  if (field.oid === OID.jsonb) return { ...plan, form: "jsonb" };
  const text = field.oid === OID.json ? "plain" : chooseText(info?.kind);
  return { ...plan, binary: false, form: text === "plain" ? "text" : "dictionary", text };
}

function chooseText(kind: ColumnKind | undefined): TextChoice {
  if (kind && REPEATING.includes(kind)) return "dictionary";
  return kind && UNIQUE.includes(kind) ? "plain" : "undecided";
}

export function newColumn(plan: ColumnPlan): ColumnBuffer {
  return new ColumnBuffer(plan.form, plan.render);
}

/** A dictionary pays while values repeat: four rows a value on average, or so few that it costs nothing. */
export function dictionaryPays(distinct: number, rows: number): boolean {
  return distinct <= 64 || distinct * 4 <= rows;
}
