import type { OpenPartition } from "./store/partitions.ts";

/** A part of a partition that another reader may take: what is above `at`. */
export interface Split {
  readonly from: OpenPartition;
  readonly at: number;
}

/**
 * Where the partition with most left to read can be cut, for a reader that has nothing to do. `inRequest`: rows of one
 * request; that many are on their way already. Null where everything will soon be read anyway.
 */
export function findSplit(open: Iterable<OpenPartition>, inRequest: number): Split | null {
  let best: Split | null = null;
  let most = inRequest / 4;
  for (const from of open) {
    const { hi, cursor, left, splitting } = from;
    if (from.kind !== "range" || hi === null || left === null || splitting) continue;
    const behind = left - inRequest;
    if (behind <= most) continue;
    // One request is not halved; of more, the other reader takes half, counted from the end.
    const given = behind <= inRequest ? behind : behind / 2;
    const at = Math.floor(hi - ((hi - cursor) * given) / left);
    if (at <= cursor || at >= hi) continue;
    most = behind;
    best = { from, at };
  }
  return best;
}
