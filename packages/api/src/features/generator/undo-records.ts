import { GeneratorEntity } from "@b24kit/client/contract";
import { requireClaim } from "../../platform/jobs/claim.ts";
import type { RunContext } from "./context.ts";
import { showsWhatWasSent } from "./fields.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { settleDoubt } from "./make-entity.ts";
import { DELETES, deleteRecords, pages, readRecords } from "./portal-records.ts";
import { insertLog } from "./store/logs.ts";
import { deleteIntents, type LedgerRow, selectRecords, updateStates } from "./store/records.ts";

/** Records that are looked at together before any of them is deleted. */
const LOOK = 500;

/** Deletes the run's records, what links to others first. Killed anywhere, it goes on where it was. */
export async function undoRecords(context: RunContext): Promise<void> {
  for (const entity of GeneratorEntity.options.toReversed()) {
    await settleDoubt(context, entity);
    await deleteIntents(context.deps.db.pool, context.run.id, entity);
    while (await undoSome(context, entity));
  }
}

async function undoSome(context: RunContext, entity: GeneratorEntity): Promise<boolean> {
  const { deps, run, client, options, claim } = context;
  const rows = await selectRecords(deps.db.pool, run.id, entity, ["created", "deleting"], LOOK);
  if (rows.length === 0) return false;
  const items = await readRecords(
    client,
    entity,
    rows.map(({ recordId }) => recordId!),
    options,
  );
  const fates = rows.map((row) => ({ row, fate: fateOf(context, entity, row, items.get(row.recordId!)) }));
  const nosOf = (wanted: string) => fates.filter(({ fate }) => fate === wanted).map(({ row }) => row.no);
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    for (const fate of ["missing", "deleted", "kept", "deleting"] as const)
      await updateStates(tx, run.id, entity, fate, nosOf(fate));
  });
  const going = fates.filter(({ fate }) => fate === "deleting").map(({ row }) => row);
  for (const page of pages(going, DELETES)) await deletePage(context, entity, page);
  return true;
}

/** What is to become of a record, as the portal shows it now. */
function fateOf(
  { run, factory }: RunContext,
  entity: GeneratorEntity,
  row: LedgerRow,
  item: Record<string, unknown> | undefined,
): "missing" | "deleted" | "kept" | "deleting" {
  // We had begun to delete it: an answer was lost, not the record to somebody else.
  if (item === undefined) return row.state === "deleting" ? "deleted" : "missing";
  if (run.undoForce) return "deleting";
  const untouched =
    row.fingerprint === null
      ? showsWhatWasSent(factory.make(entity, row.no), item)
      : row.fingerprint === fingerprintOf(item);
  return untouched ? "deleting" : "kept";
}

async function deletePage(
  { deps, run, client, claim, options, progress }: RunContext,
  entity: GeneratorEntity,
  rows: readonly LedgerRow[],
): Promise<void> {
  const kept = await deleteRecords(
    client,
    entity,
    rows.map(({ recordId }) => recordId!),
    options,
  );
  const isKept = ({ recordId }: LedgerRow) => kept.has(recordId!);
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    const nos = (list: readonly LedgerRow[]) => list.map(({ no }) => no);
    await updateStates(tx, run.id, entity, "kept", nos(rows.filter(isKept)));
    await updateStates(tx, run.id, entity, "deleted", nos(rows.filter((row) => !isKept(row))));
    const [refusal] = kept.values();
    if (refusal)
      await insertLog(
        tx,
        run.id,
        "undo_failed",
        { entity, count: kept.size, detail: refusal.detail },
        "warning",
      );
  });
  progress.made(rows.length);
}
