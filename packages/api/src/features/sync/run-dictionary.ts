import type { BatchOptions } from "../../platform/bitrix/types.ts";
import { type Claim, requireClaim } from "../../platform/jobs/claim.ts";
import { announceEnd } from "./announce.ts";
import type { SyncDeps } from "./deps.ts";
import type { DictionaryEntity } from "./entities.ts";
import { KEEP_DAYS } from "./finish-run.ts";
import { keepDictionaries } from "./keep-dictionaries.ts";
import { probe } from "./probe.ts";
import { RunEnded } from "./read-partition.ts";
import { saveComparison } from "./store/entity-state.ts";
import { logRun } from "./store/logs.ts";
import { advancePartition, insertPlan, selectTotals } from "./store/partitions.ts";
import { addCosts, applyEvent, deleteOldRuns, type Run } from "./store/runs.ts";

/**
 * A run of an entity that is small enough to be read as a whole: full, incremental and compared are the same here.
 * @throws PortalError, ClaimLost, RunEnded
 */
export async function runDictionary(
  deps: SyncDeps,
  run: Run,
  { dictionary }: DictionaryEntity,
  claim: Claim,
  options: BatchOptions,
): Promise<void> {
  const client = await deps.portals.client(run.portalId);
  const answer = await probe(client, [], options);
  const own = answer.dictionaries.find((one) => one.dictionary.name === dictionary)!;
  const { written: results } = await keepDictionaries(deps, run.portalId, answer);
  if ("error" in own) throw own.error;
  const { rows, written, gone } = results.get(dictionary)!;
  const { portalTime, offsetMinutes } = answer;
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    await addCosts(tx, run.id, answer);
    const whole = { kind: "range" as const, lo: 0, hi: rows };
    const plan = { windowFrom: null, windowTo: new Date(portalTime), skew: 0, offsetMinutes };
    if (!(await insertPlan(tx, run.id, { ...plan, rowsExpected: rows, partitions: [whole] })))
      throw new RunEnded();
    const nothing = { added: 0, misfits: 0, requests: 0, serverSeconds: 0 };
    await advancePartition(tx, run.id, 1, { cursor: rows, done: true, read: rows, written, ...nothing });
    const compared = { source: rows, mirror: rows, deleted: gone, withheld: 0 };
    const { portalId, entity } = run;
    if (run.type === "reconcile")
      await saveComparison(tx, { portalId, entity, ...compared, rows, offsetMinutes });
    if ((await applyEvent(tx, run.id, "finish")) === null) throw new RunEnded();
    await deleteOldRuns(tx, portalId, entity, KEEP_DAYS);
    const totals = await selectTotals(tx, run.id);
    if (run.type === "reconcile") await logRun(tx, run, "reconciled", { ...compared, ...totals });
    else await logRun(tx, run, "run_completed", { ...totals, rows });
    await announceEnd(deps, tx, run, "sync.run.finished");
  });
}
