import type { ColumnKind, Label } from "@b24kit/client/contract";
import { type DataType, type Field, Type } from "@uwdata/flechette";
import type { Language } from "../locale/locale.ts";

/** What a column's Arrow metadata says about reading and drawing it; see the contract's FIELD_METADATA. */
export interface ColumnInfo {
  name: string;
  label: Label;
  kind: ColumnKind;
  /** Currency code or unit; `{column}` takes it from another column of the row. */
  unit?: string;
  /** Path on the portal with `{column}` slots. */
  link?: string;
  /** Value -> colour as `#rrggbb`. */
  colors: ReadonlyMap<string, string>;
}

const KINDS: ReadonlySet<string> = new Set<ColumnKind>([
  "id",
  "text",
  "number",
  "count",
  "money",
  "percent",
  "boolean",
  "date",
  "datetime",
  "status",
  "stage",
  "user",
  "department",
  "link",
  "phone",
  "email",
  "url",
  "list",
  "json",
]);

const KIND_OF_TYPE: Readonly<Record<number, ColumnKind>> = {
  [Type.Date]: "date",
  [Type.Timestamp]: "datetime",
  [Type.Bool]: "boolean",
  [Type.List]: "list",
  [Type.Int]: "number",
  [Type.Float]: "number",
  [Type.Decimal]: "number",
};

const kindOfType = ({ typeId }: DataType): ColumnKind => KIND_OF_TYPE[typeId] ?? "text";

function readJson(text: string | undefined): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function readLabel(text: string | undefined, name: string): Label {
  const label = readJson(text) as Partial<Label> | undefined;
  if (typeof label?.ru === "string" && typeof label.en === "string") return { ru: label.ru, en: label.en };
  return { ru: text && label === undefined ? text : name, en: text && label === undefined ? text : name };
}

/** "#rgb" or "#rrggbb" as the latter. Only plain hex reaches styles and charts, whatever a portal's settings hold. */
function readColour(text: unknown): string | undefined {
  const hex = String(text).match(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i)?.[1];
  if (!hex) return undefined;
  return `#${hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex}`;
}

function readColours(text: string | undefined): Map<string, string> {
  const colours = new Map<string, string>();
  for (const [value, given] of Object.entries((readJson(text) ?? {}) as Record<string, unknown>)) {
    const colour = readColour(given);
    if (colour) colours.set(value, colour);
  }
  return colours;
}

/** Reads a field's metadata; what is missing or malformed falls back to the Arrow type and the field's name. */
export function readColumnInfo(field: Field): ColumnInfo {
  const { metadata } = field;
  const kind = metadata?.get("kind") ?? "";
  const type = field.type.typeId === Type.Dictionary ? field.type.dictionary : field.type;
  const unit = metadata?.get("unit");
  const link = metadata?.get("link");
  return {
    name: field.name,
    label: readLabel(metadata?.get("label"), field.name),
    kind: KINDS.has(kind) ? (kind as ColumnKind) : kindOfType(type),
    ...(unit ? { unit } : {}),
    ...(link ? { link } : {}),
    colors: readColours(metadata?.get("colors")),
  };
}

/** The column's heading in the reader's language. */
export function labelOf(column: { info: ColumnInfo }, language: Language): string {
  return column.info.label[language];
}
