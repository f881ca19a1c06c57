import type { BatchOptions, BatchOutcome, Command, PortalClient } from "../../platform/bitrix/types.ts";
import { invalid, need, understand } from "./answers.ts";
import { type ListShape, listCommand, listedIds } from "./list-command.ts";
import type { Counted } from "./reconcile-search.ts";

/** The counts of some ranges, when the portal counted, and what that cost. */
export interface CountedRanges {
  readonly counts: readonly Counted[];
  /** The portal's clock when it took up the first of them, milliseconds; null where it does not say. */
  readonly portalTime: number | null;
  readonly requests: number;
  readonly serverSeconds: number;
}

/** Rounds in which commands that failed by themselves are asked again. */
const ROUNDS = 3;

/**
 * Counts the records in up to fifty ranges (`lo` exclusive) with one request; each count lists its first fifty ids.
 * @throws PortalError
 */
export async function countRanges(
  client: PortalClient,
  list: ListShape,
  ranges: readonly { readonly lo: number; readonly hi: number }[],
  options: BatchOptions,
): Promise<CountedRanges> {
  let open: Record<string, Command> = Object.fromEntries(
    ranges.map((range, at) => [`c${at}`, countCommand(list, range)]),
  );
  const outcomes: Record<string, BatchOutcome> = {};
  let requests = 0;
  while (Object.keys(open).length > 0 && requests < ROUNDS) {
    Object.assign(outcomes, await client.batch(open, options));
    requests += 1;
    open = Object.fromEntries(Object.entries(open).filter(([name]) => mayPass(outcomes[name])));
  }
  const times = Object.values(outcomes).flatMap((outcome) =>
    outcome.ok && outcome.time ? [outcome.time] : [],
  );
  return {
    counts: ranges.map((_, at) => readCount(list, outcomes, `c${at}`)),
    portalTime: times.length === 0 ? null : Math.min(...times.map(({ start }) => start * 1000)),
    requests,
    serverSeconds: times.reduce((sum, { duration }) => sum + duration, 0),
  };
}

const mayPass = (outcome: BatchOutcome | undefined) =>
  outcome !== undefined && !outcome.ok && outcome.error.transient;

function countCommand(list: ListShape, { lo, hi }: { lo: number; hi: number }): Command {
  const filter = { [`>${list.idField}`]: lo, [`<=${list.idField}`]: hi };
  return listCommand(list, { filter, start: 0, idsOnly: true });
}

function readCount(list: ListShape, outcomes: Record<string, BatchOutcome>, name: string): Counted {
  const listed = understand(list.method, () => listedIds(list, need(outcomes, name)));
  const outcome = outcomes[name];
  if (!outcome?.ok || outcome.total === undefined) throw invalid(list.method, "the portal did not count");
  return { total: outcome.total, listed };
}
