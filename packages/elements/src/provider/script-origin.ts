const KEY = Symbol.for("b24kit.origin");

type Marked = typeof globalThis & { [KEY]?: string };

/** Remembers where the elements were loaded from; the script-tag loader calls it. */
export function rememberOrigin(origin: string): void {
  (globalThis as Marked)[KEY] = origin;
}

/** Where the API is unless the page says so: the origin of the script tag, else of the page itself. */
export function defaultBaseUrl(): string {
  return (globalThis as Marked)[KEY] ?? location.origin;
}
