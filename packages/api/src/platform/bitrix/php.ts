/**
 * PHP writes a map without keys as `[]`, one with keys 0..n-1 as a JSON array, and any other as an object: makes
 * them one. Anything that is neither gives null.
 */
export function phpMap<T = unknown>(value: unknown): Record<string, T> | null {
  if (Array.isArray(value)) return Object.fromEntries(value.map((item, index) => [String(index), item as T]));
  if (typeof value === "object" && value !== null) return value as Record<string, T>;
  return null;
}

/** The same quirk the other way: a list may come as an object when its keys have holes. */
export function phpList<T = unknown>(value: unknown): T[] | null {
  if (Array.isArray(value)) return value as T[];
  if (typeof value !== "object" || value === null) return null;
  return Object.keys(value).every((key) => /^\d+$/.test(key)) ? (Object.values(value) as T[]) : null;
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function encodeScalar(value: string | number | boolean | bigint | Date): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (value instanceof Date) return encode(value.toISOString());
  return encode(String(value));
}

const isEmpty = (value: object) => Object.keys(value).length === 0;

/**
 * Parameters as PHP's `parse_str` reads them: `a[b][0]=v`. True and false become 1 and 0, null the empty string
 * (in a query string it would turn into a word), undefined is left out. An empty list at the top is left out too;
 * deeper it becomes the empty string, which is how a field is cleared.
 */
export function phpQuery(params: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = [];
  const add = (key: string, value: unknown): void => {
    if (value === undefined) return;
    if (value === null) pairs.push(`${key}=`);
    else if (typeof value !== "object" || value instanceof Date) {
      pairs.push(`${key}=${encodeScalar(value as string | number | boolean | bigint | Date)}`);
    } else if (isEmpty(value)) pairs.push(`${key}=`);
    else for (const [name, item] of Object.entries(value)) add(`${key}%5B${encodeName(name)}%5D`, item);
  };
  for (const [name, value] of Object.entries(params)) {
    const leftOut = typeof value === "object" && value !== null && !(value instanceof Date) && isEmpty(value);
    if (!leftOut) add(encodeName(name), value);
  }
  return pairs.join("&");
}

function encodeName(name: string): string {
  if (/[[\]]/.test(name)) throw new RangeError(`A parameter's name cannot carry brackets: ${name}`);
  return encode(name);
}
