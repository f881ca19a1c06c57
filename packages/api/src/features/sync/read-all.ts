import { type ReadContext, readPartition } from "./read-partition.ts";
import type { Partition } from "./store/partitions.ts";

/**
 * Several readers take partition after partition. The first reads alone until its first rows are in: by then the
 * portal client knows how long a page takes, and the others ask for as much as is right. The first failure stops all.
 */
export async function readAll(context: ReadContext, partitions: Partition[]): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(context.options.signal ? [context.options.signal] : [])]);
  const queue = [...partitions];
  let started = false;
  let openGate = () => {};
  const gate = new Promise<void>((resolve) => {
    openGate = resolve;
  });
  const guarded: ReadContext = {
    ...context,
    options: { ...context.options, signal },
    onRows: (read) => {
      openGate();
      context.onRows(read);
    },
  };
  const reader = async () => {
    if (started) await gate;
    started = true;
    for (let next = queue.shift(); next !== undefined && !signal.aborted; next = queue.shift())
      await readPartition(guarded, next);
  };
  const readers = Array.from({ length: Math.max(1, context.deps.settings.readers) }, () =>
    reader()
      .catch((error: unknown) => {
        stop.abort(error);
        throw error;
      })
      .finally(openGate),
  );
  const results = await Promise.allSettled(readers);
  if (stop.signal.aborted) throw stop.signal.reason;
  for (const result of results) if (result.status === "rejected") throw result.reason;
  signal.throwIfAborted();
}
