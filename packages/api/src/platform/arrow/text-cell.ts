import { float4Text } from "./array-json.ts";
import type { ColumnBuffer } from "./column-buffer.ts";
import { type ColumnForm, OID } from "./column-code.ts";
import type { ColumnPlan } from "./column-plan.ts";
import { isoDay, isoTime } from "./point-in-time.ts";

/** What a cell's text is, so that a format can dress it. */
export type CellNature = "number" | "boolean" | "time" | "text" | "json";

/** Reads one column's rows as text. */
export interface CellReader {
  readonly nature: CellNature;
  /** Text of a row that is not null. */
  read(row: number): string;
}

const NUMBERS: readonly ColumnForm[] = ["int16", "int32", "int64", "oid", "float32", "float64", "numeric"];

/** A reader of the column's current batch. */
export function cellReader(plan: ColumnPlan, column: ColumnBuffer): CellReader {
  return { nature: natureOf(plan), read: readerOf(plan, column) };
}

function natureOf(plan: ColumnPlan): CellNature {
  const { form, field } = plan;
  if (form === "boolean") return "boolean";
  if (form === "date" || form === "timestamp") return "time";
  if (NUMBERS.includes(form) || field.oid === OID.numeric) return "number";
  if (form === "jsonb" || field.oid === OID.json) return "json";
  return form === "rendered" && field.oid !== OID.uuid && field.oid !== OID.bytea ? "json" : "text";
}

function readerOf(plan: ColumnPlan, column: ColumnBuffer): (row: number) => string {
  const { values } = column;
  switch (column.form) {
    case "float32":
      return (row) => float4Text(values[row]!);
    case "boolean":
      return (row) => ((values[row >> 3]! >> (row & 7)) & 1 ? "true" : "false");
    case "date":
      return (row) => isoDay(values[row]!);
    case "int64": {
      const whole = new BigInt64Array(values.buffer as ArrayBuffer);
      return (row) => String(whole[row]);
    }
    case "timestamp": {
      const whole = new BigInt64Array(values.buffer as ArrayBuffer);
      const zoned = plan.field.oid === OID.timestamptz;
      return (row) => isoTime(whole[row]!, zoned);
    }
    case "text":
    case "jsonb":
    case "rendered": {
      const bytes = Buffer.from(column.bytes.buffer, column.bytes.byteOffset, column.bytes.length);
      return (row) => bytes.toString("utf8", column.offsets[row], column.offsets[row + 1]);
    }
    default:
      return (row) => String(values[row]);
  }
}
