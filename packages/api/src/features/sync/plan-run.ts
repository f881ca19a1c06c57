import type { BatchOptions } from "../../platform/bitrix/types.ts";
import { type Claim, requireClaim } from "../../platform/jobs/claim.ts";
import { alignMirror } from "./align-mirror.ts";
import { toPortalTime } from "./calendar.ts";
import { planColumns } from "./columns.ts";
import type { SyncDeps } from "./deps.ts";
import { ENTITIES } from "./entities.ts";
import { describeMirror, type Mirror } from "./mirror.ts";
import { cutRanges } from "./partitions.ts";
import { type DictionaryAnswer, type Known, type Probe, probe } from "./probe.ts";
import { selectState } from "./store/entity-state.ts";
import { saveFields, selectFields } from "./store/fields.ts";
import { insertLog, type LogEntry } from "./store/logs.ts";
import { noteMissingAbove, selectMaxId } from "./store/mirror-rows.ts";
import { insertPlan, type Plan } from "./store/partitions.ts";
import { addPlanningCosts, type Run } from "./store/runs.ts";
import { writeDictionary } from "./write-dictionary.ts";

/** Seconds that an incremental run looks back behind the last one: late commits carry older times. */
const OVERLAP_SECONDS = 120;

/** The portal's times are whole seconds: what changes in the second of the question belongs to the next run. */
const EDGE_SECONDS = 2;

/** Asks the portal, makes the mirror fit and cuts the work into partitions. Null where the run ended meanwhile. */
export async function planRun(
  deps: SyncDeps,
  run: Run,
  claim: Claim,
  options: BatchOptions,
): Promise<Mirror | null> {
  const descriptor = ENTITIES[run.entity];
  const { schema } = await deps.portals.get(run.portalId);
  const known = await readKnown(deps, run, schema);
  const { answer, skew } = await ask(deps, run, known, options);
  const plans = planColumns(answer.fields, descriptor.idField, descriptor.notListed);
  const mirror = describeMirror(schema, descriptor, plans);
  const alignment = await alignMirror(deps.db, mirror, deps.clock);
  // A column that was empty until now is filled by reading everything once more.
  const everything =
    known === null || alignment.created || alignment.added.length > 0 || alignment.retyped.length > 0;
  const plan = { ...makePlan(deps, answer, known, everything), skew, offsetMinutes: answer.offsetMinutes };
  const entry = (
    code: LogEntry["code"],
    details: Record<string, unknown>,
    level: LogEntry["level"] = "info",
  ) =>
    insertLog(deps.db.pool, {
      portalId: run.portalId,
      runId: run.id,
      entity: run.entity,
      level,
      code,
      details,
    });
  for (const name of alignment.added) await entry("field_added", { column: name });
  const leftOut =
    answer.fields.filter(({ name }) => !descriptor.notListed.includes(name)).length - plans.length;
  if (leftOut > 0) await entry("fields_left_out", { count: leftOut }, "warning");
  for (const { name, keptAs } of alignment.retyped)
    await entry("field_retyped", { column: name, keptAs }, "warning");
  for (const { name, code } of await keepDictionaries(deps, schema, answer.dictionaries)) {
    await entry("dictionary_skipped", { dictionary: name, code }, "warning");
  }
  const active = await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    await saveFields(tx, run.portalId, run.entity, plans);
    await addPlanningCosts(tx, run.id, answer.requests);
    if (everything) {
      await noteMissingAbove(tx, schema, descriptor.table, {
        runId: run.id,
        id: answer.extent.highest,
        readAt: new Date(answer.portalTime),
      });
    }
    return insertPlan(tx, run.id, plan);
  });
  await entry("run_planned", { rows: plan.rowsExpected, partitions: plan.partitions.length, everything });
  return active ? mirror : null;
}

/** The mirror as it was when a run was planned: a run that is taken over goes on with the same columns. */
export async function loadMirror(deps: SyncDeps, run: Run): Promise<Mirror> {
  const descriptor = ENTITIES[run.entity];
  const { schema } = await deps.portals.get(run.portalId);
  const fields = await selectFields(deps.db.pool, run.portalId, run.entity);
  return describeMirror(schema, descriptor, planColumns(fields, descriptor.idField, descriptor.notListed));
}

/** The skew is taken when the whole answer is in, so that it is never too large: a reading never seems later than it was. */
async function ask(
  deps: SyncDeps,
  run: Run,
  known: Known | null,
  options: BatchOptions,
): Promise<{ answer: Probe; skew: number }> {
  const client = await deps.portals.client(run.portalId);
  const answer = await probe(client, ENTITIES[run.entity], known, options);
  return { answer, skew: answer.answeredAt - deps.clock.now() };
}

async function readKnown(deps: SyncDeps, run: Run, schema: string): Promise<Known | null> {
  if (run.type === "full") return null;
  const state = await selectState(deps.db.pool, run.portalId, run.entity);
  if (state.watermark === null) return null;
  const maxId = await selectMaxId(deps.db.pool, schema, ENTITIES[run.entity].table);
  if (maxId === null) return null;
  const since = new Date(state.watermark.getTime() - OVERLAP_SECONDS * 1000);
  return { changedSince: toPortalTime(since), maxId, rows: state.rows };
}

function makePlan(
  deps: SyncDeps,
  answer: Probe,
  known: Known | null,
  everything: boolean,
): Omit<Plan, "skew" | "offsetMinutes"> {
  const windowTo = new Date(answer.portalTime - EDGE_SECONDS * 1000);
  const { extent } = answer;
  if (everything || known === null) {
    const { readers, batchSize } = deps.settings;
    const ranges = cutRanges(extent, { readers, pages: batchSize }).map((range) => ({
      kind: "range" as const,
      ...range,
    }));
    return { windowFrom: null, windowTo, rowsExpected: extent.total, partitions: ranges };
  }
  const modified = answer.modified > 0 ? [{ kind: "modified" as const, lo: 0, hi: known.maxId }] : [];
  const added = answer.hasNew ? [{ kind: "new" as const, lo: known.maxId, hi: null }] : [];
  const windowFrom = new Date(known.changedSince);
  return { windowFrom, windowTo, rowsExpected: answer.modified, partitions: [...modified, ...added] };
}

/** Writes what the portal gave; returns the dictionaries that it did not give. */
async function keepDictionaries(deps: SyncDeps, schema: string, answers: readonly DictionaryAnswer[]) {
  const skipped: { name: string; code: string }[] = [];
  for (const answer of answers) {
    if ("error" in answer) skipped.push({ name: answer.dictionary.name, code: answer.error.code });
    else await deps.db.transaction((tx) => writeDictionary(tx, schema, answer.dictionary, answer.entries));
  }
  return skipped;
}
