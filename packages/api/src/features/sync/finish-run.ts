import { requireClaim } from "../../platform/jobs/claim.ts";
import { announceEnd } from "./announce.ts";
import { areGone } from "./are-gone.ts";
import { ENTITIES } from "./entities.ts";
import { type ReadContext, RunEnded } from "./read-partition.ts";
import { requestLook, saveComparison, upsertCompletion } from "./store/entity-state.ts";
import type { LogCode } from "./store/logs.ts";
import { insertLog } from "./store/logs.ts";
import { analyze, buryMissing, clearMissing, countRows, selectMissing } from "./store/mirror-rows.ts";
import { selectTotals } from "./store/partitions.ts";
import { applyEvent, deleteOldRuns } from "./store/runs.ts";

/** More rows than this, and than one in a hundred, do not vanish unasked. */
const FEW = 100;
const SAMPLE = 50;

/** Days for which a run and its log are kept. */
export const KEEP_DAYS = 90;

/** Judges what was missing, notes the watermark and completes the run, in one transaction. @throws RunEnded, ClaimLost */
export async function finishRun(
  context: ReadContext,
  window: { to: Date; full: boolean; offsetMinutes: number },
): Promise<void> {
  const { deps, run, claim, mirror } = context;
  const { schema, descriptor } = mirror;
  const missing = await selectMissing(deps.db.pool, run.id, SAMPLE);
  const present = (await countRows(deps.db.pool, schema, descriptor.table)) ?? 0;
  const many = missing.count > Math.max(FEW, present / 100);
  const withheld = many && !(await areGone(context, missing.sample));
  if (window.full) await analyze(deps.db.pool, schema, descriptor.table);
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    const log = (code: LogCode, details: Record<string, unknown>, level: "info" | "warning" = "info") =>
      insertLog(tx, { portalId: run.portalId, runId: run.id, entity: run.entity, level, code, details });
    if (withheld) await log("deletes_withheld", { count: missing.count }, "warning");
    const found = { runId: run.id, portalId: run.portalId, by: "full" as const };
    const buried = withheld ? 0 : await buryMissing(tx, schema, descriptor.table, found);
    if (!withheld && missing.count > 0) await log("deletes_found", { count: buried });
    await clearMissing(tx, run.id);
    const totals = await selectTotals(tx, run.id);
    if (totals.misfits > 0) await log("values_quarantined", { count: totals.misfits }, "warning");
    const rows = (await countRows(tx, schema, descriptor.table)) ?? 0;
    await upsertCompletion(tx, {
      portalId: run.portalId,
      entity: run.entity,
      runId: run.id,
      watermark: window.to,
      rows,
      full: window.full,
      intervalMinutes: deps.settings.intervalMinutes,
      offsetMinutes: window.offsetMinutes,
    });
    if (run.type === "reconcile") {
      const { offsetMinutes } = window;
      const compared = {
        source: totals.read,
        mirror: rows,
        deleted: buried,
        withheld: withheld ? missing.count : 0,
      };
      await saveComparison(tx, {
        portalId: run.portalId,
        entity: run.entity,
        ...compared,
        rows,
        offsetMinutes,
      });
      await log("reconciled", { ...compared, ...totals });
    }
    if (totals.written + buried > 0)
      for (const one of ENTITIES)
        if ("owner" in one && one.owner?.type && one.owner.table === descriptor.table)
          await requestLook(tx, run.portalId, one.entity);
    if ((await applyEvent(tx, run.id, "finish")) === null) throw new RunEnded();
    await deleteOldRuns(tx, run.portalId, run.entity, KEEP_DAYS);
    if (run.type !== "reconcile") await log("run_completed", { ...totals, rows });
    await announceEnd(deps, tx, run, "sync.run.finished");
  });
}
