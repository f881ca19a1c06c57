import type { Row, Value } from "../values.ts";

const TYPES = ["PHONE", "EMAIL", "WEB", "IM", "LINK"] as const;
export type ContactPointType = (typeof TYPES)[number];

export interface ContactPoint {
  type: ContactPointType;
  kind: string;
  value: string;
}

/** Numbers below this belong to seeded records: eight for each of them. */
export const FIRST_WRITTEN_POINT = 100_000_000;

/**
 * The multi-field columns of a seeded record. A type without values is absent, as in the portal.
 * @param block the record's own block of eight numbers, unique within the portal
 */
export function contactPointRow(points: readonly ContactPoint[], block: number): Row {
  const row: Row = {};
  points.forEach((point, i) => {
    const list = (row[point.type] ?? []) as Value[];
    row[point.type] = list;
    list.push({
      ID: String(block * 8 + i + 1),
      VALUE_TYPE: point.kind,
      VALUE: point.value,
      TYPE_ID: point.type,
    });
  });
  return row;
}

/** The columns that say which kinds of contact a record has. */
export function hasContactPoints(points: readonly ContactPoint[]): Row {
  const has = (type: ContactPointType) => (points.some((point) => point.type === type) ? "Y" : "N");
  return { HAS_PHONE: has("PHONE"), HAS_EMAIL: has("EMAIL"), HAS_IMOL: "N" };
}
