import { requireClaim } from "../../platform/jobs/claim.ts";
import { inLanes } from "../../platform/jobs/lanes.ts";
import { readsByOwner } from "./entities.ts";
import { idsInRequest } from "./partitions.ts";
import { type ReadContext, readPartition } from "./read-partition.ts";
import { findSplit, type Split } from "./split.ts";
import {
  inTurn,
  type OpenPartition,
  openPartition,
  type Partition,
  splitPartition,
} from "./store/partitions.ts";
import { createWidth } from "./width.ts";

/**
 * Several readers take partition after partition, and when none is left the further half of the largest that others
 * read. How many they are, `width.ts` says. The first failure stops all.
 */
export async function readAll(context: ReadContext, partitions: readonly Partition[]): Promise<void> {
  const { deps, options } = context;
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])]);
  const width = createWidth(context.most);
  const inRequest = idsInRequest(deps.settings.batchSize, readsByOwner(context.mirror.descriptor));
  const queue = [...partitions];
  const open = new Set<OpenPartition>();
  const guarded: ReadContext = {
    ...context,
    options: {
      ...options,
      signal,
      onRetry: (error) => {
        width.failed();
        options.onRetry?.(error);
      },
    },
  };

  /** Marks what it finds, so that nobody else cuts it too. */
  function nextSplit(): Split | undefined {
    const split = findSplit(open, inRequest);
    if (split) split.from.splitting = true;
    return split ?? undefined;
  }

  async function read(item: Partition | Split, look: () => void): Promise<void> {
    const partition = "from" in item ? await take(context, item) : item;
    if (partition === null) return;
    const own = openPartition(partition);
    open.add(own);
    await readPartition(guarded, own, (answered) => {
      width.answered(answered);
      look();
    }).finally(() => open.delete(own));
  }

  const readOrStop = (item: Partition | Split, look: () => void) =>
    read(item, look).catch((error: unknown) => {
      stop.abort(error);
      throw error;
    });

  await inLanes<Partition | Split>(
    () => (signal.aborted ? undefined : (queue.shift() ?? nextSplit())),
    width.now,
    readOrStop,
  );
  signal.throwIfAborted();
}

/** Takes the further part of a partition from its reader, which from then on ends before it. */
function take({ deps, run, claim }: ReadContext, { from, at }: Split): Promise<Partition | null> {
  return inTurn(from, async () => {
    const taken = await deps.db.transaction(async (tx) => {
      await requireClaim(tx, claim);
      return splitPartition(tx, run.id, from.no, at);
    });
    if (taken) Object.assign(from, { hi: at, left: null });
    from.splitting = false;
    return taken;
  });
}
