import { setImmediate as nextTurn } from "node:timers/promises";
import type { ListOptions, PortalClient } from "../../platform/bitrix/types.ts";
import type { Claim } from "../../platform/jobs/claim.ts";
import { requireClaim } from "../../platform/jobs/claim.ts";
import type { SyncDeps } from "./deps.ts";
import type { Mirror } from "./mirror.ts";
import { type MirrorRow, type PortalRow, toMirrorRow } from "./rows.ts";
import { advancePartition, type Partition } from "./store/partitions.ts";
import type { Run } from "./store/runs.ts";
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
  /** Told after every commit. */
  readonly onRows: (read: number) => void;
}

/** What one request brought, about to be written. */
interface Step {
  readonly rows: readonly PortalRow[];
  readonly from: number;
  readonly to: number;
  readonly done: boolean;
  readonly readAt: Date;
  readonly requests: number;
  readonly serverSeconds: number;
}

/**
 * Walks a partition from its cursor to its end; rows and cursor are committed together, request by request.
 * @throws RunEnded, ClaimLost, PortalError
 */
export async function readPartition(context: ReadContext, partition: Partition): Promise<void> {
  const { deps, skew, client, mirror } = context;
  let from = partition.cursor;
  let askedAt = deps.clock.now();
  const pages = client.list<PortalRow>(mirror.descriptor.listMethod, {
    ...context.options,
    ...listOptions(context, partition),
  });
  for await (const page of pages) {
    const to = page.done && partition.hi !== null ? partition.hi : page.lastId;
    const readAt = new Date(askedAt + skew);
    await commitStep(context, partition, { ...page, from, to, readAt });
    context.onRows(page.rows.length);
    from = to;
    askedAt = deps.clock.now();
  }
}

function listOptions({ mirror, changedSince, deps }: ReadContext, partition: Partition): ListOptions {
  const { descriptor } = mirror;
  return {
    select: descriptor.select,
    idKey: descriptor.idField,
    idFrom: partition.cursor,
    ...(partition.hi === null ? {} : { idTo: partition.hi }),
    ...(partition.kind === "modified" && changedSince !== null
      ? { filter: { [`>=${descriptor.modifiedField}`]: changedSince } }
      : {}),
    maxCommands: deps.settings.batchSize,
  };
}

async function commitStep(
  { deps, run, claim, mirror }: ReadContext,
  partition: Partition,
  step: Step,
): Promise<BatchResult> {
  const rows = await convert(mirror, step.rows);
  return deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    const covers = partition.kind === "range" ? { from: step.from, to: step.to } : null;
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
      requests: step.requests,
      serverSeconds: step.serverSeconds,
    };
    if (!(await advancePartition(tx, run.id, partition.no, advance))) throw new RunEnded();
    return result;
  });
}

/** Records converted at a stretch: some 10 ms, so that requests to the same process need not wait for a whole batch. */
const STRETCH = 250;

async function convert(mirror: Mirror, rows: readonly PortalRow[]): Promise<MirrorRow[]> {
  const converted: MirrorRow[] = [];
  for (const row of rows) {
    converted.push(toMirrorRow(mirror.plans, row));
    if (converted.length % STRETCH === 0) await nextTurn();
  }
  return converted;
}
