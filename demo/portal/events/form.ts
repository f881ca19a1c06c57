/** A nested value as it travels in a form: every leaf a text. */
export type FormValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | FormValue[]
  | { [key: string]: FormValue };

/** `{data: {FIELDS: {ID: 7}}}` → `data[FIELDS][ID]=7`, the brackets escaped as PHP does. Nothing is written for null. */
export function encodeForm(fields: { [key: string]: FormValue }): string {
  const pairs: [string, string][] = [];
  for (const [name, value] of Object.entries(fields)) collect(name, value, pairs);
  return new URLSearchParams(pairs).toString();
}

function collect(name: string, value: FormValue, pairs: [string, string][]): void {
  if (value === null || value === undefined) return;
  if (typeof value === "object") {
    for (const [key, member] of Object.entries(value)) collect(`${name}[${key}]`, member, pairs);
  } else pairs.push([name, typeof value === "boolean" ? (value ? "1" : "0") : String(value)]);
}
