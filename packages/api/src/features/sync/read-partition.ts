import { setImmediate as nextTurn } from "node:timers/promises";
import { PAGE_ROWS } from "../../platform/bitrix/list-width.ts";
import type { ListOptions, ListPage, PortalClient } from "../../platform/bitrix/types.ts";
import type { Claim } from "../../platform/jobs/claim.ts";
import { requireClaim } from "../../platform/jobs/claim.ts";
import type { SyncDeps } from "./deps.ts";
import { readsByOwner } from "./entities.ts";
import { listOptions } from "./list-command.ts";
import type { Mirror } from "./mirror.ts";
import { readOwners } from "./read-owners.ts";
import { type MirrorRow, type PortalRow, toMirrorRow } from "./rows.ts";
import { advancePartition, inTurn, type OpenPartition } from "./store/partitions.ts";
import type { Run } from "./store/runs.ts";
import type { Answered } from "./width.ts";
import { type BatchResult, writeBatch } from "./write-batch.ts";

/** The run ended (cancelled, or failed elsewhere) while it was worked on: stop without a word. */
export class RunEnded extends Error {}

export interface ReadContext {
  readonly deps: SyncDeps;
  readonly run: Run;
  readonly claim: Claim;
  readonly client: PortalClient;
  readonly mirror: Mirror;
  /** ISO time on the portal's clock from which an incremental run reads. */
  readonly changedSince: string | null;
  /** Milliseconds to add to our clock to get the portal's. */
  readonly skew: number;
  readonly options: Pick<ListOptions, "signal" | "priority" | "onWait" | "onRetry" | "maxWaitMs">;
  /** Requests that this run may have under way at the same time. */
  readonly most: () => number;
  /** Told after every commit: rows, or owners where records are read owner by owner. */
  readonly onRead: (read: number) => void;
}

/** What one request brought, about to be written. */
interface Step {
  /** Of records that are read owner by owner: the owners of which these are all there are. */
  readonly owners?: readonly number[];
  readonly asked?: number;
  readonly rows: readonly MirrorRow[];
  readonly from: number;
  readonly to: number;
  readonly done: boolean;
  readonly readAt: Date;
  readonly requests: number;
  readonly serverSeconds: number;
}

/** Pages whose work tells what a page takes. */
const ENOUGH_PAGES = 5;

/**
 * Walks a partition from its cursor to its end, wherever that is by then; rows and cursor are committed together,
 * request by request.
 * @throws RunEnded, ClaimLost, PortalError
 */
export async function readPartition(
  context: ReadContext,
  partition: OpenPartition,
  onAnswer: (answered: Answered) => void,
): Promise<void> {
  const { deps, skew, client, mirror } = context;
  const { clock } = deps;
  let askedAt = clock.now();
  const { list } = mirror.descriptor;
  const byOwner = readsByOwner(mirror.descriptor);
  const pages: AsyncIterable<ListPage<PortalRow> & Pick<Step, "owners" | "asked">> = byOwner
    ? readOwners(context, partition)
    : client.list<PortalRow>(list.method, { ...context.options, ...boundsOf(context, partition) });
  for await (const page of pages) {
    const arrivedAt = clock.now();
    const readAt = new Date(askedAt + skew);
    const converted = await convert(mirror, page.rows);
    // The portal's objects weigh several times the lines made of them: they do not wait for the database.
    page.rows.length = 0;
    const { done } = await inTurn(partition, async () => {
      const { hi, cursor } = partition;
      const done = page.done || (hi !== null && page.lastId >= hi);
      const to = done && hi !== null ? hi : page.lastId;
      // What another reader has taken meanwhile is the other's.
      const rows = hi === null || byOwner ? converted : converted.filter(({ id }) => id <= hi);
      await commitStep(context, partition, { ...page, rows, from: cursor, to, done, readAt });
      partition.cursor = to;
      partition.left = Math.min(
        page.remaining ?? Number.POSITIVE_INFINITY,
        (hi ?? Number.POSITIVE_INFINITY) - to,
      );
      context.onRead(page.asked ?? rows.length);
      return { done };
    });
    const pagesRead = converted.length / PAGE_ROWS;
    onAnswer({
      portal: page.serverSeconds,
      page: pagesRead < ENOUGH_PAGES ? null : page.serverSeconds / pagesRead,
      own: (clock.now() - arrivedAt) / 1000,
    });
    if (done) return;
    askedAt = clock.now();
  }
}

function boundsOf({ mirror, changedSince, deps }: ReadContext, partition: OpenPartition): ListOptions {
  const { list, changed } = mirror.descriptor;
  return {
    ...listOptions(list),
    idFrom: partition.cursor,
    ...(partition.hi === null ? {} : { idTo: () => partition.hi! }),
    ...(partition.kind === "modified" && changedSince !== null && changed !== null
      ? { filter: { [`>=${changed.filter}`]: changedSince } }
      : {}),
    maxCommands: deps.settings.batchSize,
  };
}

function commitStep(
  { deps, run, claim, mirror }: ReadContext,
  partition: Pick<OpenPartition, "no" | "kind">,
  step: Step,
): Promise<BatchResult> {
  const { rows } = step;
  return deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    const { from, to, owners } = step;
    const covers = owners || partition.kind === "range" ? { from, to, ...(owners ? { owners } : {}) } : null;
    const result = await writeBatch(tx, mirror, {
      rows,
      readAt: step.readAt,
      runId: run.id,
      portalId: run.portalId,
      covers,
    });
    const advance = {
      cursor: step.to,
      done: step.done,
      read: rows.length,
      ...result,
      ...(step.asked === undefined ? {} : { owners: step.asked }),
      requests: step.requests,
      serverSeconds: step.serverSeconds,
    };
    if (!(await advancePartition(tx, run.id, partition.no, advance))) throw new RunEnded();
    return result;
  });
}

/** Records converted at a stretch: some 4 ms, so that requests to the same process need not wait for a whole batch. */
const STRETCH = 100;

/** Records as rows of the mirror. @throws RowWithoutId */
export async function convert(mirror: Mirror, rows: readonly PortalRow[]): Promise<MirrorRow[]> {
  const converted: MirrorRow[] = [];
  for (const row of rows) {
    converted.push(toMirrorRow(mirror.plans, row, mirror.apart));
    if (converted.length % STRETCH === 0) await nextTurn();
  }
  return converted;
}
