import type { BatchOptions } from "../../platform/bitrix/types.ts";
import { type Failure, toFailure } from "../../platform/http/app-error.ts";
import { type Claim, ClaimLost, requireClaim } from "../../platform/jobs/claim.ts";
import { announceEnd } from "./announce.ts";
import { toPortalTime } from "./calendar.ts";
import type { SyncDeps } from "./deps.ts";
import { findEntity, readsByOwner, recordsOf, tableOf } from "./entities.ts";
import { finishRun } from "./finish-run.ts";
import { followProgress, type Progress } from "./follow-progress.ts";
import { measureSkew } from "./measure-skew.ts";
import type { Mirror } from "./mirror.ts";
import { loadMirror, planRun } from "./plan-run.ts";
import { readAll } from "./read-all.ts";
import { type ReadContext, RunEnded } from "./read-partition.ts";
import { reconcile } from "./reconcile.ts";
import { report } from "./report.ts";
import { runDictionary } from "./run-dictionary.ts";
import { postponeNext } from "./store/entity-state.ts";
import { insertLog, logRun } from "./store/logs.ts";
import { countRows } from "./store/mirror-rows.ts";
import { selectOpenPartitions, selectWindow } from "./store/partitions.ts";
import type { Queryable } from "./store/queryable.ts";
import { applyEvent, type Run } from "./store/runs.ts";

/**
 * Works on a run that this process has claimed, from wherever it stands to its end. Whatever happens, the run is left
 * in a state from which it can be told and continued. `signal` aborts when the process stops or the run is cancelled;
 * `most` tells how many requests it may have under way.
 */
export async function runSync(
  deps: SyncDeps,
  run: Run,
  claim: Claim,
  signal: AbortSignal,
  most: () => number,
): Promise<void> {
  const claimed = await applyEvent(deps.db.pool, run.id, "claim");
  if (claimed === null) return;
  await logRun(deps.db.pool, claimed, claimed.resumed > 0 ? "run_resumed" : "run_started", {
    type: claimed.type,
  });
  await report(deps, run.portalId, run.entity);
  try {
    await work(deps, claimed, claim, AbortSignal.any([signal, claim.signal]), most);
    await deps.portals.note(run.portalId, null);
  } catch (error) {
    await settle(deps, claimed, claim, error, signal);
  }
  await report(deps, run.portalId, run.entity);
}

async function work(
  deps: SyncDeps,
  run: Run,
  claim: Claim,
  signal: AbortSignal,
  most: () => number,
): Promise<void> {
  const progress = followProgress(deps, run);
  const options: BatchOptions = {
    signal,
    priority: "background",
    onWait: progress.onWait,
    onRetry: progress.onRetry,
  };
  try {
    const found = findEntity(run.entity);
    if (found && "dictionary" in found) return await runDictionary(deps, run, found, claim, options);
    // Records that are read owner by owner are compared by reading them all.
    const comparing = run.type === "reconcile" && !readsByOwner(recordsOf(run.entity));
    const planned = run.windowTo !== null || comparing;
    const mirror = planned ? await loadMirror(deps, run) : await planRun(deps, run, claim, options);
    if (mirror === null) throw new RunEnded();
    const context = { ...(await openContext(deps, run, claim, mirror, signal, progress)), most };
    progress.changed();
    if (comparing) return await reconcile(context);
    await readAll(context, await selectOpenPartitions(deps.db.pool, run.id));
    await progress.close();
    const window = await selectWindow(deps.db.pool, run.id);
    await finishRun(context, { ...window, full: window.from === null });
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
): Promise<Omit<ReadContext, "most">> {
  const window = await selectWindow(deps.db.pool, run.id);
  const client = await deps.portals.client(run.portalId);
  const { onWait, onRetry } = progress;
  const options = { signal, priority: "background" as const, onWait, onRetry };
  return {
    deps,
    run,
    claim,
    mirror,
    client,
    changedSince: window.from === null ? null : toPortalTime(window.from),
    // A run that is taken over may now be on a machine whose clock differs from the first one's.
    skew:
      run.windowTo === null || run.type === "reconcile"
        ? window.skew
        : await measureSkew(client, deps.clock, options),
    options,
    onRead: progress.onRead,
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
  let told = true;
  try {
    await deps.db.transaction(async (tx) => {
      await requireClaim(tx, claim);
      if (signal.aborted) await applyEvent(tx, run.id, "release");
      else if (waitsForPerson.has(failure.code)) await rest(tx, run, failure);
      else told = await fail(tx, deps, run, failure);
    });
  } catch (lost) {
    if (!(lost instanceof ClaimLost)) throw lost;
    return deps.log.warn({ run: run.id }, "the run was taken over by another process");
  }
  // A run that was cancelled meanwhile, or is gone with its portal, has nobody to tell.
  if (signal.aborted || !told) return;
  if (waitsForPerson.has(failure.code))
    return deps.log.warn({ run: run.id }, `sync waits: ${failure.detail}`);
  const cause = failure.code === "internal" ? { err: error } : {};
  deps.log.error(
    { run: run.id, entity: run.entity, code: failure.code, ...cause },
    `sync failed: ${failure.detail}`,
  );
  // An entity with a scope of its own may be missing: that is no fault of the portal's connection.
  const aside = failure.code === "insufficient_scope" && findEntity(run.entity)?.scope !== undefined;
  if (!aside) await deps.portals.note(run.portalId, failure);
}

/** Failures that end by themselves as soon as somebody has authorised or installed the application again: nothing is lost. */
const waitsForPerson: ReadonlySet<string> = new Set(["portal_token_expired", "application_removed"]);

async function rest(tx: Queryable, run: Run, { code, detail }: Failure): Promise<void> {
  if ((await applyEvent(tx, run.id, "hold", { error: { code, detail } })) === null) return;
  await logRun(tx, run, "run_waiting", { code, detail });
}

async function fail(tx: Queryable, deps: SyncDeps, run: Run, { code, detail }: Failure): Promise<boolean> {
  if ((await applyEvent(tx, run.id, "fail", { error: { code, detail } })) === null) return false;
  const { schema } = await deps.portals.get(run.portalId);
  const rows = await countRows(tx, schema, tableOf(run.entity));
  await postponeNext(tx, run.portalId, run.entity, rows, deps.settings.intervalMinutes);
  await insertLog(tx, {
    portalId: run.portalId,
    runId: run.id,
    entity: run.entity,
    level: "error",
    code: "run_failed",
    details: { code, detail },
  });
  await announceEnd(deps, tx, run, "sync.run.failed");
  return true;
}
