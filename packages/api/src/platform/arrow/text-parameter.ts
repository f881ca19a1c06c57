/** A value for a query parameter; PostgreSQL learns its type from where the parameter stands. */
export type ParameterValue = string | number | bigint | boolean | Date | null | readonly ParameterValue[];

/** A parameter in PostgreSQL's text form; arrays as array literals. */
export function toTextParameter(value: ParameterValue): string | null {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map(arrayElement).join(",")}}`;
  return String(value);
}

function arrayElement(value: ParameterValue): string {
  if (Array.isArray(value)) return toTextParameter(value)!;
  const text = toTextParameter(value);
  return text === null ? "NULL" : `"${text.replace(/(["\\])/g, "\\$1")}"`;
}
