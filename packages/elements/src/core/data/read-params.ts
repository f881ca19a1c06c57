/** A query's own parameters. */
export type QueryParams = Readonly<Record<string, string | number | boolean>>;

/** The `params` attribute: a JSON object, or `a=1&b=2`. Anything else gives no parameters. */
export function readParams(text: string | null): QueryParams {
  if (!text?.trim()) return {};
  if (!text.trim().startsWith("{")) return Object.fromEntries(new URLSearchParams(text));
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, unknown>);
    const simple = entries.filter(([, v]) => ["string", "number", "boolean"].includes(typeof v));
    return Object.fromEntries(simple) as QueryParams;
  } catch {
    return {};
  }
}
