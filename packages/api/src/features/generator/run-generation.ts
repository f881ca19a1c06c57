import { GeneratorEntity, type GeneratorRun } from "@b24kit/client/contract";
import { type Failure, toFailure } from "../../platform/http/app-error.ts";
import { type Claim, ClaimLost, requireClaim } from "../../platform/jobs/claim.ts";
import { type RunContext, RunEnded } from "./context.ts";
import type { GeneratorDeps } from "./deps.ts";
import { followProgress } from "./follow-progress.ts";
import { makeEntity, settleDoubt } from "./make-entity.ts";
import { createPace } from "./pace.ts";
import { readCatalogue } from "./read-catalogue.ts";
import { loadFaker } from "./records/faker.ts";
import { createFactory } from "./records/make-record.ts";
import { report } from "./report.ts";
import { sealRun } from "./seal.ts";
import { stateAfter } from "./states.ts";
import { insertLog } from "./store/logs.ts";
import { deleteIntents, takeKeptAgain } from "./store/records.ts";
import { applyEvent, type Run, selectRun, updateCatalogue } from "./store/runs.ts";
import { selectStatus } from "./store/status.ts";
import { undoRecords } from "./undo-records.ts";

/** What ends the work on a run from outside: the process stops, or somebody has stopped the run. */
export interface Ends {
  readonly stopping: AbortSignal;
  readonly ending: AbortSignal;
}

/** Works on a run that this process has claimed, from wherever it stands to where it has to rest. */
export async function runGeneration(
  deps: GeneratorDeps,
  { id }: Run,
  claim: Claim,
  { stopping, ending }: Ends,
): Promise<void> {
  const taken = (await applyEvent(deps.db.pool, id, "claim")) ?? (await selectRun(deps.db.pool, id));
  if (taken === null) return;
  try {
    await work(deps, taken, claim, { stopping: AbortSignal.any([stopping, claim.signal]), ending });
    await deps.portals.note(taken.portalId, null);
  } catch (error) {
    await settleFailure(deps, taken, claim, error, stopping);
  }
  await report(deps, taken);
}

async function work(
  deps: GeneratorDeps,
  run: Run,
  claim: Claim,
  { stopping: signal, ending }: Ends,
): Promise<void> {
  const progress = followProgress(deps, run);
  try {
    const client = await deps.portals.client(run.portalId);
    const options = { signal, priority: "background" as const, onWait: progress.onWait };
    const known = await withCatalogue(deps, run, () => readCatalogue(client, run.plan.counts, options));
    const factory = createFactory(known, await loadFaker(run.plan.locale));
    const pace = createPace(deps.clock);
    const context: RunContext = { deps, run, claim, client, factory, progress, options, pace, ending };
    if (run.state === stateAfter("undo")) return await undo(context);
    if (run.state === stateAfter("claim")) await make(context);
    const now = await selectRun(deps.db.pool, run.id);
    if (now?.state === stateAfter("stop")) await settle(context, now);
  } finally {
    await progress.close();
  }
}

async function withCatalogue(
  deps: GeneratorDeps,
  run: Run,
  read: () => Promise<NonNullable<Run["catalogue"]>>,
) {
  const catalogue = run.catalogue ?? (await read());
  if (run.catalogue === null) await updateCatalogue(deps.db.pool, run.id, catalogue);
  return { plan: run.plan, day: run.day, catalogue };
}

async function make(context: RunContext): Promise<void> {
  const { deps, run, claim, progress } = context;
  const code = run.resumed > 0 ? "generation_resumed" : "generation_started";
  await insertLog(deps.db.pool, run.id, code, { session: run.session });
  progress.changed();
  try {
    for (const entity of GeneratorEntity.options) await makeEntity(context, entity);
  } catch (error) {
    if (error instanceof RunEnded) return;
    throw error;
  }
  await sealRun(context);
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    if ((await applyEvent(tx, run.id, "finish")) === null) return;
    await insertLog(tx, run.id, "generation_done", figures((await selectStatus(tx, run.id, 0))!));
  });
}

/** What the words of the end speak of: how many of each were made and linked. */
function figures({ session, counts, linked }: GeneratorRun): Record<string, unknown> {
  const made = GeneratorEntity.options.map((entity) => [entity, counts[entity].created]);
  return { session, linked, ...Object.fromEntries(made) };
}

/** A run that was stopped: what was on its way is looked up, then it rests. */
async function settle(context: RunContext, { reason }: Run): Promise<void> {
  const { deps, run, claim } = context;
  for (const entity of GeneratorEntity.options) await settleDoubt(context, entity);
  await sealRun(context);
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    for (const entity of GeneratorEntity.options) await deleteIntents(tx, run.id, entity);
    if ((await applyEvent(tx, run.id, "settle")) === null) return;
    await insertLog(tx, run.id, "generation_cancelled", { session: run.session, reason }, "warning");
  });
}

async function undo(context: RunContext): Promise<void> {
  const { deps, run, claim, progress } = context;
  if (run.undoForce) await takeKeptAgain(deps.db.pool, run.id);
  await insertLog(deps.db.pool, run.id, "undo_started", { force: run.undoForce });
  progress.changed();
  await undoRecords(context);
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    if ((await applyEvent(tx, run.id, "clear")) === null) return;
    const status = await selectStatus(tx, run.id, 0);
    await insertLog(tx, run.id, "undo_done", { ...status?.undone });
  });
}

/** What a run's end by error means: nothing, a rest until another process continues it, or failure. */
async function settleFailure(
  deps: GeneratorDeps,
  run: Run,
  claim: Claim,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  const failure = toFailure(error);
  if (failure.code === "database_unavailable") throw error;
  try {
    await deps.db.transaction(async (tx) => {
      await requireClaim(tx, claim);
      if (signal.aborted) await applyEvent(tx, run.id, "release");
      else await fail(tx, run, failure);
    });
  } catch (lost) {
    if (!(lost instanceof ClaimLost)) throw lost;
    return deps.log.warn({ run: run.id }, "the run was taken over by another process");
  }
  if (signal.aborted) return;
  const cause = failure.code === "internal" ? { err: error } : {};
  deps.log.error({ run: run.id, code: failure.code, ...cause }, `generation failed: ${failure.detail}`);
  await deps.portals.note(run.portalId, failure);
}

async function fail(
  tx: Parameters<typeof applyEvent>[0],
  run: Run,
  { code, detail }: Failure,
): Promise<void> {
  const failed = await applyEvent(tx, run.id, "fail", { reason: "error", error: { code, detail } });
  if (failed === null) return;
  const details = { session: run.session, reason: "error", code, detail };
  await insertLog(tx, run.id, "generation_cancelled", details, "error");
}
