/** Anything of the parser's tree: its JSON is walked as it came, and nothing of it is believed before it was looked at. */
export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A node is an object of one key, which is its kind. */
export function kindOf(node: Json): string {
  const keys = Object.keys(node);
  return keys.length === 1 ? keys[0]! : "";
}

export function asNode(value: unknown): { readonly kind: string; readonly body: Json } | null {
  if (!isObject(value)) return null;
  const kind = kindOf(value);
  const body = value[kind];
  return isObject(body) ? { kind, body } : null;
}

export function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts of a list of String nodes. */
export function strings(value: unknown): string[] {
  return list(value).map((item) => {
    const text = asNode(item);
    return text?.kind === "String" && typeof text.body["sval"] === "string" ? text.body["sval"] : "";
  });
}

/** Bytes from the start of the text; the parser leaves zero out. */
export function locationOf(body: Json): number | undefined {
  const location = body["location"];
  if (location === undefined) return 0;
  return typeof location === "number" && location >= 0 ? location : undefined;
}
