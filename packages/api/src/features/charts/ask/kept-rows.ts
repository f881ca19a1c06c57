/** A result as it was encoded, and what is known of it. */
export interface Rows {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly truncated: boolean;
  readonly ms: number;
}

export interface KeptRows<T extends Bytes = Rows> {
  get(key: string): T | undefined;
  put(key: string, rows: T): void;
}

interface Bytes {
  readonly bytes: Uint8Array;
}

/** The results that were used last, up to so many bytes. Their keys name the data's version, so none is ever stale. */
export function keepRows<T extends Bytes = Rows>(maxBytes: number): KeptRows<T> {
  const kept = new Map<string, T>();
  let size = 0;
  const drop = (key: string) => {
    size -= kept.get(key)?.bytes.length ?? 0;
    kept.delete(key);
  };
  return {
    get(key) {
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
      }
      return found;
    },
    put(key, rows) {
      drop(key);
      if (rows.bytes.length > maxBytes / 4) return;
      kept.set(key, rows);
      size += rows.bytes.length;
      while (size > maxBytes) drop(kept.keys().next().value as string);
    },
  };
}
