import { OID } from "./column-code.ts";
import { numericToText } from "./numeric.ts";
import { dateText, timestampText } from "./point-in-time.ts";

/** Element types of the arrays that are read in binary form, by the array's own oid. */
export const ARRAY_ELEMENT: Readonly<Record<number, number>> = {
  1000: OID.bool,
  1005: OID.int2,
  1007: OID.int4,
  1016: OID.int8,
  1009: OID.text,
  1014: OID.bpchar,
  1015: OID.varchar,
  1021: OID.float4,
  1022: OID.float8,
  1182: OID.date,
  1115: OID.timestamp,
  1185: OID.timestamptz,
  1231: OID.numeric,
  2951: OID.uuid,
  199: OID.json,
  3807: OID.jsonb,
};

/**
 * A PostgreSQL array as JSON text, nested like its dimensions; lower bounds are not kept. Numbers keep every digit;
 * NaN and the infinities are strings, as in PostgreSQL's own `to_json`.
 */
export function arrayToJson(bytes: Buffer, view: DataView, at: number): string {
  const dimensions = view.getInt32(at);
  if (dimensions === 0) return "[]";
  const element = view.getInt32(at + 8);
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getInt32(at + 12 + i * 8));
  let position = at + 12 + dimensions * 8;
  const next = (): string => {
    const length = view.getInt32(position);
    position += 4;
    if (length < 0) return "null";
    const text = scalarToJson(element, bytes, view, position, length);
    position += length;
    return text;
  };
  const level = (depth: number): string => {
    const inner = depth === dimensions - 1 ? next : () => level(depth + 1);
    return `[${Array.from({ length: sizes[depth]! }, inner).join(",")}]`;
  };
  return level(0);
}

function scalarToJson(oid: number, bytes: Buffer, view: DataView, at: number, length: number): string {
  switch (oid) {
    case OID.bool:
      return bytes[at] === 1 ? "true" : "false";
    case OID.int2:
      return String(view.getInt16(at));
    case OID.int4:
      return String(view.getInt32(at));
    case OID.int8:
      return String(view.getBigInt64(at));
    case OID.float4:
      return jsonNumber(float4Text(view.getFloat32(at)));
    case OID.float8:
      return jsonNumber(String(view.getFloat64(at)));
    case OID.numeric:
      return jsonNumber(numericToText(view, at));
    case OID.date:
      return JSON.stringify(dateText(view.getInt32(at)));
    case OID.timestamp:
      return JSON.stringify(timestampText(view.getBigInt64(at), false));
    case OID.timestamptz:
      return JSON.stringify(timestampText(view.getBigInt64(at), true));
    case OID.uuid:
      return JSON.stringify(uuidText(bytes, at));
    case OID.json:
      return bytes.toString("utf8", at, at + length);
    case OID.jsonb:
      return bytes.toString("utf8", at + 1, at + length);
    default:
      return JSON.stringify(bytes.toString("utf8", at, at + length));
  }
}

/** JSON has no word for NaN and the infinities: they become strings. */
export function jsonNumber(text: string): string {
  return text === "NaN" || text.endsWith("Infinity") ? `"${text}"` : text;
}

/** The shortest digits that mean the same 32-bit float: `0.1`, not `0.10000000149011612`. */
export function float4Text(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(value);
}

export function uuidText(bytes: Buffer, at: number): string {
  const hex = bytes.toString("hex", at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
