import type { BatchOptions, OnWait } from "../../platform/bitrix/types.ts";
import { type Failure, toFailure } from "../../platform/http/app-error.ts";
import { type Claim, ClaimLost, requireClaim } from "../../platform/jobs/claim.ts";
import { toPortalTime } from "./calendar.ts";
import type { SyncDeps } from "./deps.ts";
import { ENTITIES } from "./entities.ts";
import { finishRun } from "./finish-run.ts";
import type { Mirror } from "./mirror.ts";
import { loadMirror, planRun } from "./plan-run.ts";
import { createRateMeter, createThrottle } from "./progress.ts";
import { type ReadContext, RunEnded, readPartition } from "./read-partition.ts";
import { report } from "./report.ts";
import { postponeNext } from "./store/entity-state.ts";
import { insertLog, type LogCode } from "./store/logs.ts";
import { countRows } from "./store/mirror-rows.ts";
import { type Partition, selectOpenPartitions, selectWindow } from "./store/partitions.ts";
import type { Queryable } from "./store/queryable.ts";
import { applyEvent, type Run, updateRate } from "./store/runs.ts";

/** Messages about one run, five in a second at most. */
const PUBLISH_EVERY_MS = 200;

/** A shorter wait for a limit is not worth a word. */
const LONG_WAIT_MS = 1_000;

/**
 * Works on a run that this process has claimed, from wherever it stands to its end. Whatever happens, the run is left
 * in a state from which it can be told and continued. `signal` aborts when the process stops or the run is cancelled.
 */
export async function runSync(deps: SyncDeps, run: Run, claim: Claim, signal: AbortSignal): Promise<void> {
  const claimed = await applyEvent(deps.db.pool, run.id, "claim");
  if (claimed === null) return;
  await log(deps, claimed, claimed.resumed > 0 ? "run_resumed" : "run_started", { type: claimed.type });
  await report(deps, run.portalId, run.entity);
  try {
    await work(deps, claimed, claim, AbortSignal.any([signal, claim.signal]));
    await deps.portals.note(run.portalId, null);
  } catch (error) {
    await settle(deps, claimed, claim, error, signal);
  }
  await report(deps, run.portalId, run.entity);
}

async function work(deps: SyncDeps, run: Run, claim: Claim, signal: AbortSignal): Promise<void> {
  const progress = followProgress(deps, run);
  let retries = 0;
  const options: BatchOptions = {
    signal,
    priority: "background",
    onWait: progress.onWait,
    onRetry: () => {
      retries += 1;
    },
  };
  try {
    const mirror =
      run.windowTo === null
        ? await planRun(deps, run, claim, options, () => retries)
        : await loadMirror(deps, run);
    if (mirror === null) throw new RunEnded();
    const context = await openContext(deps, run, claim, mirror, signal, progress);
    progress.changed();
    await readAll(context, await selectOpenPartitions(deps.db.pool, run.id));
    await progress.close();
    const window = await selectWindow(deps.db.pool, run.id);
    await finishRun(context, { to: window.to, full: window.from === null });
  } finally {
    await progress.close();
  }
}

async function openContext(
  deps: SyncDeps,
  run: Run,
  claim: Claim,
  mirror: Mirror,
  signal: AbortSignal,
  progress: Progress,
): Promise<ReadContext> {
  const window = await selectWindow(deps.db.pool, run.id);
  return {
    deps,
    run,
    claim,
    mirror,
    client: await deps.portals.client(run.portalId),
    changedSince: window.from === null ? null : toPortalTime(window.from),
    skew: window.skew,
    options: { signal, priority: "background", onWait: progress.onWait },
    onRows: progress.onRows,
  };
}

/**
 * Several readers take partition after partition. The first reads alone until its first rows are in: by then the
 * portal client knows how long a page takes, and the others ask for as much as is right. The first failure stops all.
 */
async function readAll(context: ReadContext, partitions: Partition[]): Promise<void> {
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

interface Progress {
  readonly onRows: (read: number) => void;
  readonly onWait: OnWait;
  changed(): void;
  close(): Promise<void>;
}

/** Keeps the run's rate and its waiting for limits where everybody can see them. */
function followProgress(deps: SyncDeps, run: Run): Progress {
  const meter = createRateMeter();
  let waitingUntil: number | null = null;
  let waiting = false;
  const closing = new AbortController();
  const tell = async () => {
    const now = deps.clock.now();
    if (waitingUntil !== null && waitingUntil - now > 0) {
      const started = !waiting;
      waiting = true;
      await applyEvent(deps.db.pool, run.id, "hold", { waitingUntil: new Date(waitingUntil) });
      if (started) await log(deps, run, "run_waiting", { until: new Date(waitingUntil).toISOString() });
    } else if (waiting) {
      waiting = false;
      await applyEvent(deps.db.pool, run.id, "resume", { rate: meter.rate(now) });
    } else await updateRate(deps.db.pool, run.id, meter.rate(now));
    await report(deps, run.portalId, run.entity);
  };
  const throttle = createThrottle(PUBLISH_EVERY_MS, deps.clock, tell, (err) =>
    deps.log.warn({ err, run: run.id }, "progress was not told"),
  );
  return {
    onRows(read) {
      waitingUntil = null;
      meter.add(deps.clock.now(), read);
      throttle.request();
    },
    onWait(_reason, until) {
      if (until - deps.clock.now() < LONG_WAIT_MS) return;
      waitingUntil = until;
      throttle.request();
      // The wait ends by itself; nothing else may happen for as long as the request takes.
      deps.clock.sleep(until - deps.clock.now(), closing.signal).then(throttle.request, () => {});
    },
    changed: throttle.request,
    close() {
      closing.abort();
      return throttle.close();
    },
  };
}

/** What a run's end by error means: nothing, a rest until somebody continues it, or failure. */
async function settle(
  deps: SyncDeps,
  run: Run,
  claim: Claim,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (error instanceof RunEnded) return;
  const failure = toFailure(error);
  if (failure.code === "database_unavailable") throw error;
  try {
    await deps.db.transaction(async (tx) => {
      await requireClaim(tx, claim);
      if (signal.aborted) await applyEvent(tx, run.id, "release");
      else await fail(tx, deps, run, failure);
    });
  } catch (lost) {
    if (!(lost instanceof ClaimLost)) throw lost;
    return deps.log.warn({ run: run.id }, "the run was taken over by another process");
  }
  if (signal.aborted) return;
  const cause = failure.code === "internal" ? { err: error } : {};
  deps.log.error(
    { run: run.id, entity: run.entity, code: failure.code, ...cause },
    `sync failed: ${failure.detail}`,
  );
  await deps.portals.note(run.portalId, failure);
}

async function fail(tx: Queryable, deps: SyncDeps, run: Run, { code, detail }: Failure): Promise<void> {
  if ((await applyEvent(tx, run.id, "fail", { error: { code, detail } })) === null) return;
  const { schema } = await deps.portals.get(run.portalId);
  const rows = await countRows(tx, schema, ENTITIES[run.entity].table);
  await postponeNext(tx, run.portalId, run.entity, rows, deps.settings.intervalMinutes);
  await insertLog(tx, {
    portalId: run.portalId,
    runId: run.id,
    entity: run.entity,
    level: "error",
    code: "run_failed",
    details: { code, detail },
  });
}

async function log(
  deps: SyncDeps,
  run: Run,
  code: LogCode,
  details: Record<string, unknown> = {},
): Promise<void> {
  await insertLog(deps.db.pool, {
    portalId: run.portalId,
    runId: run.id,
    entity: run.entity,
    level: "info",
    code,
    details,
  });
}
