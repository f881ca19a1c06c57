import { FIELD_METADATA } from "@b24kit/client/contract";
import {
  Bool,
  type DataType,
  DateDay,
  Dictionary,
  Field,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Schema,
  TimestampMicrosecond,
  Uint32,
  Utf8,
} from "apache-arrow";
import { type ColumnForm, OID } from "./column-code.ts";
import type { ColumnInfo, ColumnPlan } from "./column-plan.ts";

/** Arrow schema of a result: types from the columns' forms, meaning as metadata. */
export function arrowSchema(
  plans: readonly ColumnPlan[],
  forms: readonly ColumnForm[],
  metadata: Readonly<Record<string, string>>,
): Schema {
  const fields = plans.map((plan, i) => {
    const type = arrowType(forms[i]!, plan.field.oid, i);
    return new Field(plan.field.name, type, true, fieldMetadata(plan.info));
  });
  return new Schema(fields, new Map(Object.entries(metadata)));
}

/** Type of a column; `id` names its dictionary. */
function arrowType(form: ColumnForm, oid: number, id: number): DataType {
  switch (form) {
    case "int16":
      return new Int16();
    case "int32":
      return new Int32();
    case "int64":
      return new Int64();
    case "oid":
      return new Uint32();
    case "float32":
      return new Float32();
    case "float64":
    case "numeric":
      return new Float64();
    case "boolean":
      return new Bool();
    case "date":
      return new DateDay();
    case "timestamp":
      return new TimestampMicrosecond(oid === OID.timestamptz ? "UTC" : null);
    case "dictionary":
      return new Dictionary(new Utf8(), new Int32(), id);
    default:
      return new Utf8();
  }
}

function fieldMetadata(info: ColumnInfo | undefined): Map<string, string> {
  const metadata = new Map<string, string>();
  if (!info) return metadata;
  metadata.set(FIELD_METADATA.label, JSON.stringify(info.label));
  metadata.set(FIELD_METADATA.kind, info.kind);
  if (info.unit !== undefined) metadata.set(FIELD_METADATA.unit, info.unit);
  if (info.link !== undefined) metadata.set(FIELD_METADATA.link, info.link);
  if (info.colors) metadata.set(FIELD_METADATA.colors, JSON.stringify(info.colors));
  return metadata;
}
