import { requireClaim } from "../../platform/jobs/claim.ts";
import { announceEnd } from "./announce.ts";
import { sortOutGone } from "./are-gone.ts";
import { countRanges } from "./count-ranges.ts";
import { listOptions } from "./list-command.ts";
import { measureSkew } from "./measure-skew.ts";
import { readAll } from "./read-all.ts";
import { type ReadContext, RunEnded } from "./read-partition.ts";
import { type Counted, searchRanges } from "./reconcile-search.ts";
import { saveComparison } from "./store/entity-state.ts";
import { insertLog, type LogCode } from "./store/logs.ts";
import { buryMissing, clearMissing, countRows } from "./store/mirror-rows.ts";
import { insertPlan, selectOpenPartitions, selectTotals } from "./store/partitions.ts";
import {
  type CountedRange,
  clearComparison,
  noteMissing,
  selectIds,
  selectOffset,
  selectRanges,
} from "./store/reconcile.ts";
import { addCosts, applyEvent } from "./store/runs.ts";

/** Ranges of the first request, one for each command that it carries. */
const FIRST_RANGES = 50;

/** When more than this share is gone, listing all ids costs less than searching. */
const SWEEP_SHARE = 0.005;

/** Of so many records at most each is asked for by itself before it is believed to be gone; of more, a sample. */
const SAMPLE = 50;

interface Found {
  /** What the portal counted up to the mirror's highest id. */
  readonly source: number;
  readonly gone: readonly number[];
  readonly unread: readonly { readonly lo: number; readonly hi: number }[];
  readonly readAt: Date;
}

/**
 * Compares both sides up to the mirror's highest id and makes the mirror equal: what is gone is marked, what it lacks
 * is read. Begins anew when it was broken off. @throws RunEnded, ClaimLost, PortalError
 */
export async function reconcile(context: ReadContext): Promise<void> {
  const { deps, run } = context;
  await clearComparison(deps.db.pool, run.id);
  const offsetMinutes = await selectOffset(deps.db.pool, run.portalId, run.entity);
  const found = await compare(context);
  const believed = await sortOutGone(context, found.gone, SAMPLE);
  if (found.gone.length > 0) await addCosts(deps.db.pool, run.id, { requests: 1, serverSeconds: 0 });
  await noteMissing(deps.db.pool, run.id, believed, found.readAt);
  if (found.unread.length > 0) await readLacking(context, found, offsetMinutes);
  await finish(context, found, { withheld: found.gone.length - believed.length, offsetMinutes });
}

async function compare(context: ReadContext): Promise<Found> {
  const { deps, mirror } = context;
  const ranges = await selectRanges(deps.db.pool, mirror, FIRST_RANGES);
  if (ranges.length === 0) return { source: 0, gone: [], unread: [], readAt: new Date(deps.clock.now()) };
  const { counts, portalTime } = await count(context, ranges);
  // Before the first answer at the latest: what the mirror has read since is not gone.
  const readAt = new Date(portalTime ?? deps.clock.now());
  const source = counts.reduce((sum, { total }) => sum + total, 0);
  const differing = ranges.flatMap((range, at) =>
    range.rows === counts[at]!.total ? [] : [{ range, counted: counts[at]! }],
  );
  const rows = ranges.reduce((sum, range) => sum + range.rows, 0);
  const fewer = differing.reduce((sum, one) => sum + Math.max(0, one.range.rows - one.counted.total), 0);
  const result =
    fewer > Math.max(FIRST_RANGES, rows * SWEEP_SHARE)
      ? await sweep(
          context,
          differing.map(({ range }) => range),
        )
      : await search(context, differing);
  return { source, readAt, ...result };
}

async function count(context: ReadContext, ranges: readonly { lo: number; hi: number }[]) {
  const { deps, run, client, mirror, options } = context;
  const answer = await countRanges(client, mirror.descriptor.list, ranges, options);
  await addCosts(deps.db.pool, run.id, answer);
  return answer;
}

async function search(
  context: ReadContext,
  differing: readonly { range: CountedRange; counted: Counted }[],
): Promise<Pick<Found, "gone" | "unread">> {
  const { deps, mirror } = context;
  const first = [];
  for (const { range, counted } of differing) {
    const ids = await selectIds(deps.db.pool, mirror, range);
    first.push({ range: { lo: range.lo, hi: range.hi, ids }, counted });
  }
  const searching = searchRanges(first);
  for (let ranges = searching.next(); ranges.length > 0; ranges = searching.next())
    searching.learn((await count(context, ranges)).counts);
  return searching.findings();
}

/** Lists all ids of the ranges, neighbours together. */
async function sweep(
  context: ReadContext,
  ranges: readonly CountedRange[],
): Promise<Pick<Found, "gone" | "unread">> {
  const { deps, run, client, mirror, options } = context;
  const gone: number[] = [];
  const unread: { lo: number; hi: number }[] = [];
  for (const { lo, hi } of joinNeighbours(ranges)) {
    let from = lo;
    const { list } = mirror.descriptor;
    const pages = client.list<Record<string, unknown>>(list.method, {
      ...options,
      ...listOptions(list),
      select: [list.idField],
      idFrom: lo,
      idTo: hi,
      maxCommands: deps.settings.batchSize,
    });
    for await (const page of pages) {
      await addCosts(deps.db.pool, run.id, page);
      const to = page.done ? hi : page.lastId;
      const there = new Set(page.rows.map((row) => Number(row[list.rowId])));
      const known = await selectIds(deps.db.pool, mirror, { lo: from, hi: to });
      for (const id of known) if (!there.delete(id)) gone.push(id);
      if (there.size > 0) unread.push({ lo: from, hi: to });
      from = to;
    }
  }
  return { gone, unread };
}

function joinNeighbours(ranges: readonly CountedRange[]): { lo: number; hi: number }[] {
  const joined: { lo: number; hi: number }[] = [];
  for (const { lo, hi } of ranges) {
    const last = joined.at(-1);
    if (last?.hi === lo) last.hi = hi;
    else joined.push({ lo, hi });
  }
  return joined;
}

/** Records that the mirror lacks are read with whatever else is in their ranges. */
async function readLacking(context: ReadContext, { unread, readAt }: Found, offsetMinutes: number) {
  const { deps, run, claim, client, options } = context;
  const skew = await measureSkew(client, deps.clock, options);
  // Not `range`: what else these ranges lack was judged already.
  const partitions = unread.map((range) => ({ kind: "modified" as const, ...range }));
  const plan = { windowFrom: null, windowTo: readAt, skew, offsetMinutes, rowsExpected: 0, partitions };
  const active = await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    return insertPlan(tx, run.id, plan);
  });
  if (!active) throw new RunEnded();
  await readAll({ ...context, skew }, await selectOpenPartitions(deps.db.pool, run.id));
}

async function finish(
  context: ReadContext,
  found: Found,
  { withheld, offsetMinutes }: { withheld: number; offsetMinutes: number },
): Promise<void> {
  const { deps, run, claim, mirror } = context;
  const { schema, descriptor } = mirror;
  const { portalId, entity } = run;
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    const log = (code: LogCode, details: Record<string, unknown>, level: "info" | "warning" = "info") =>
      insertLog(tx, { portalId, runId: run.id, entity, level, code, details });
    const deleted = await buryMissing(tx, schema, descriptor.table, {
      runId: run.id,
      portalId,
      by: "reconcile",
    });
    await clearMissing(tx, run.id);
    const rows = (await countRows(tx, schema, descriptor.table)) ?? 0;
    if (withheld > 0) await log("deletes_withheld", { count: withheld }, "warning");
    if (deleted > 0) await log("deletes_found", { count: deleted });
    if (found.unread.length > 0) await log("records_unread", { ranges: found.unread.length }, "warning");
    const comparison = { source: found.source, mirror: rows, deleted, withheld };
    await saveComparison(tx, { portalId, entity, ...comparison, rows, offsetMinutes });
    if ((await applyEvent(tx, run.id, "finish")) === null) throw new RunEnded();
    await log("reconciled", { ...comparison, ...(await selectTotals(tx, run.id)) });
    await announceEnd(deps, tx, run, "sync.run.finished");
  });
}
