import { isMap } from "./values.ts";

/** A map in the shape PHP would print it: empty or numbered from 0 it becomes an array. */
export function phpArray<T>(entries: ReadonlyMap<string, T>): Record<string, T> | T[] {
  let position = 0;
  for (const key of entries.keys()) {
    if (key !== String(position++)) return Object.fromEntries(entries);
  }
  return [...entries.values()];
}

/** A request value as a PHP array; null where PHP would see none. */
export function asMap(value: unknown): Record<string, unknown> | null {
  if (Array.isArray(value)) return { ...value };
  return isMap(value) ? value : null;
}

/** Members of a PHP array; one scalar counts as a list of itself, nothing as an empty list. */
export function asList(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (isMap(value)) return Object.values(value);
  return value === undefined || value === null || value === "" ? [] : [value];
}

/** `(int)$value` */
export function asInteger(value: unknown): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "object") return value === null || Object.keys(value).length === 0 ? 0 : 1;
  const number = Number.parseInt(String(value), 10);
  return Number.isFinite(number) ? number : 0;
}

/** What a form sends for yes: `Y`, `1`, true. */
export function asFlag(value: unknown): boolean {
  return value === true || value === 1 || /^(y|1|true)$/i.test(asText(value));
}

/** `(string)$value` */
export function asText(value: unknown): string {
  if (value === null || value === undefined || value === false) return "";
  if (value === true) return "1";
  return typeof value === "object" ? "Array" : String(value);
}
