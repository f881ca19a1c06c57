import type { ItemCatalogue } from "../fields/item-catalogue.ts";
import { asList, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import { isMap } from "../values.ts";

/** The fields of a universal write under the names and in the shapes of the classic ones. Unknown names are ignored. */
export function classicFields(
  given: Record<string, unknown>,
  { byName }: ItemCatalogue,
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name === "fm") {
      Object.assign(fields, contactPoints(value));
      continue;
    }
    const item = byName.get(name);
    if (!item) continue;
    if (item.field.isMultiple) requireIterable(value);
    fields[item.field.name] = value;
  }
  return fields;
}

function requireIterable(value: unknown): void {
  if (typeof value === "object" && value !== null) return;
  if (value === "" || value === null || value === undefined) return;
  const type = typeof value === "number" ? (Number.isInteger(value) ? "integer" : "double") : typeof value;
  throw new RestError("100", `Expected iterable value for multiple field, but got ${type} instead`);
}

const TYPES = new Set(["PHONE", "EMAIL", "WEB", "IM", "LINK"]);

/**
 * `fm` as `PHONE`, `EMAIL`…: under `n0`, `n1` or in a list stand new values, under a number the change of the one
 * with that number, which goes when its value is empty. Without a known `typeId` an entry counts for nothing.
 */
function contactPoints(value: unknown): Record<string, Record<string, unknown>[]> {
  const points: Record<string, Record<string, unknown>[]> = {};
  const isList = Array.isArray(value);
  const entries = isMap(value)
    ? Object.entries(value)
    : asList(value).map((entry, i) => [`n${i}`, entry] as const);
  for (const [key, entry] of entries) {
    if (!isMap(entry)) continue;
    const type = asText(entry.typeId).toUpperCase();
    if (!TYPES.has(type)) continue;
    const known = !isList && /^\d+$/.test(key) ? { ID: key } : {};
    const kind = entry.valueType === undefined ? {} : { VALUE_TYPE: asText(entry.valueType) };
    const point = { ...known, ...kind, VALUE: asText(entry.value) };
    points[type] = [...(points[type] ?? []), point];
  }
  return points;
}
