/** Work by key, of which one piece of a key is done at a time. */
export interface Coalesced<K> {
  /** Has the work of this key done now, or once more after the piece under way: that one may have looked too early. */
  ask(key: K): void;
  /** Nothing begins any more; resolves when all that is under way has ended. */
  stop(): Promise<void>;
}

/** `work` must not reject. */
export function coalesced<K>(work: (key: K) => Promise<void>): Coalesced<K> {
  const working = new Map<K, Promise<void>>();
  const again = new Set<K>();
  let stopped = false;

  async function run(key: K): Promise<void> {
    do {
      again.delete(key);
      await work(key);
    } while (again.has(key) && !stopped);
    working.delete(key);
  }

  return {
    ask(key) {
      if (stopped) return;
      if (working.has(key)) again.add(key);
      else working.set(key, run(key));
    },
    async stop() {
      stopped = true;
      await Promise.all(working.values());
    },
  };
}
