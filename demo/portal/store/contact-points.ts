import { asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import { isMap, type Row, type Value } from "../values.ts";

interface StoredPoint {
  ID: string;
  VALUE_TYPE: string;
  VALUE: string;
  TYPE_ID: string;
}

/**
 * Applies `[{ID?, VALUE, VALUE_TYPE?, DELETE?}]` to a record's phones, e-mails…: without an ID a value is added, with
 * one it is changed, with an ID and no VALUE (or DELETE) it goes. Values that are not named stay.
 */
export function writeContactPoints(type: string, before: Value, value: unknown, nextId: () => number): Value {
  const points = ((Array.isArray(before) ? before : []) as unknown as StoredPoint[]).map((point) => ({
    ...point,
  }));
  for (const entry of entries(value)) {
    const text = asText(entry.VALUE);
    const kind = asText(entry.VALUE_TYPE) || null;
    const index = points.findIndex((point) => point.ID === asText(entry.ID));
    const known = points[index];
    if (known && (text === "" || entry.DELETE === "Y")) points.splice(index, 1);
    else if (known)
      points[index] = { ...known, VALUE: requireValue(type, text), VALUE_TYPE: kind ?? known.VALUE_TYPE };
    else if (text !== "" && entry.ID === undefined) {
      points.push({
        ID: String(nextId()),
        VALUE_TYPE: kind ?? "WORK",
        VALUE: requireValue(type, text),
        TYPE_ID: type,
      });
    }
  }
  return points as unknown as Value;
}

/** Plain texts are taken as values too. */
function entries(value: unknown): Record<string, unknown>[] {
  const list = Array.isArray(value)
    ? value
    : isMap(value)
      ? "VALUE" in value
        ? [value]
        : Object.values(value)
      : [value];
  return list.flatMap((entry): Record<string, unknown>[] => {
    if (isMap(entry)) return [entry];
    return typeof entry === "string" && entry !== "" ? [{ VALUE: entry }] : [];
  });
}

function requireValue(type: string, text: string): string {
  if (type === "EMAIL" && !/^[^\s@]+@[^\s@]+$/.test(text)) {
    throw new RestError("ERROR_CORE", `Неверно указан e-mail: ${text}`);
  }
  return text;
}

const TYPES = ["PHONE", "EMAIL", "WEB", "IM", "LINK"] as const;

/** A kind of contact without values is absent from a row. */
export function withoutEmptyPoints(row: Row): Row {
  for (const type of TYPES) {
    const points = row[type];
    if (Array.isArray(points) && points.length === 0) delete row[type];
  }
  return row;
}

/** The highest number among a row's contact points; 0 without any. */
export function highestPointId(row: Row): number {
  let highest = 0;
  for (const type of TYPES) {
    const points = row[type];
    if (!Array.isArray(points)) continue;
    for (const point of points) highest = Math.max(highest, Number((point as unknown as StoredPoint).ID));
  }
  return highest;
}
