/** The parameters of one call. The portal does not tell `filter` from `FILTER`. */
export class Params {
  readonly #values = new Map<string, unknown>();

  /** Later maps win over earlier ones, key by key. */
  constructor(...sources: readonly Record<string, unknown>[]) {
    for (const source of sources) {
      for (const [key, value] of Object.entries(source)) this.#values.set(key.toLowerCase(), value);
    }
  }

  get(name: string): unknown {
    return this.#values.get(name.toLowerCase());
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  names(): string[] {
    return [...this.#values.keys()];
  }
}
