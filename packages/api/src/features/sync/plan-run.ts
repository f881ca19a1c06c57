import type { Entity } from "@b24kit/client/contract";
import type { BatchOptions } from "../../platform/bitrix/types.ts";
import { type Claim, requireClaim } from "../../platform/jobs/claim.ts";
import { type Alignment, alignMirror } from "./align-mirror.ts";
import { toPortalTime } from "./calendar.ts";
import { planColumns } from "./columns.ts";
import type { SyncDeps } from "./deps.ts";
import { ENTITIES, type EntityDescriptor } from "./entities.ts";
import type { PortalField } from "./fields.ts";
import { describeMirror, type Mirror } from "./mirror.ts";
import { cutRanges } from "./partitions.ts";
import { type EntityProbe, type Known, probe } from "./probe.ts";
import type { DictionaryAnswer } from "./probe-dictionaries.ts";
import { requestReload, selectState } from "./store/entity-state.ts";
import { saveFields, selectFields, selectReplacedColumns } from "./store/fields.ts";
import { insertLog, type LogEntry } from "./store/logs.ts";
import { noteMissingAbove, selectMaxId } from "./store/mirror-rows.ts";
import { insertPlan, type Plan } from "./store/partitions.ts";
import { addCosts, type Run } from "./store/runs.ts";
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
  const known = run.type === "full" ? null : await readKnown(deps, run, schema);
  const client = await deps.portals.client(run.portalId);
  const answer = await probe(client, [{ descriptor, known }], options);
  // Taken when the whole answer is in, so that it is never too large: a reading never seems later than it was.
  const skew = answer.answeredAt - deps.clock.now();
  const found = answer.entities[0]!;
  const mirror = describeMirror(schema, descriptor, planFields(descriptor, found.fields));
  const alignment = await fitMirror(deps, run, claim, mirror, found.fieldIds);
  await tellAlignment(deps, run, alignment, countLeftOut(mirror, found.fields));
  for (const { name, code } of await keepDictionaries(deps, schema, answer.dictionaries))
    await tell(deps, run, "dictionary_skipped", { dictionary: name, code }, "warning");
  // A column that was empty until now is filled by reading everything once more.
  const { reload } = await selectState(deps.db.pool, run.portalId, run.entity);
  const everything = known === null || alignment.created || reload;
  const plan = {
    ...makePlan(deps, answer.portalTime, found, everything ? null : known),
    skew,
    offsetMinutes: answer.offsetMinutes,
  };
  const active = await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    await addCosts(tx, run.id, answer);
    if (everything) {
      await noteMissingAbove(tx, schema, descriptor.table, {
        runId: run.id,
        id: found.extent.highest,
        readAt: new Date(answer.portalTime),
      });
    }
    return insertPlan(tx, run.id, plan);
  });
  const { rowsExpected, partitions } = plan;
  await tell(deps, run, "run_planned", { rows: rowsExpected, partitions: partitions.length, everything });
  return active ? mirror : null;
}

const planFields = ({ idField, notListed }: EntityDescriptor, fields: readonly PortalField[]) =>
  planColumns(fields, idField, notListed);

const countLeftOut = ({ descriptor, plans }: Mirror, fields: readonly PortalField[]) =>
  fields.filter(({ name }) => !descriptor.notListed.includes(name)).length - plans.length;

/**
 * Makes the table fit. That columns came is kept together with them: whatever happens to this run, some run will read
 * everything.
 */
async function fitMirror(
  deps: SyncDeps,
  { portalId, entity }: Run,
  claim: Claim,
  mirror: Mirror,
  fieldIds: ReadonlyMap<string, string>,
): Promise<Alignment> {
  const replaced = await selectReplacedColumns(deps.db.pool, portalId, entity, mirror.plans, fieldIds);
  return alignMirror(deps.db, mirror, {
    replaced,
    clock: deps.clock,
    alongside: async (tx, { added, retyped }) => {
      await requireClaim(tx, claim);
      await saveFields(tx, portalId, entity, mirror.plans, fieldIds);
      if (added.length + retyped.length > 0) await requestReload(tx, portalId, entity);
    },
  });
}

async function tellAlignment(deps: SyncDeps, run: Run, { added, retyped }: Alignment, leftOut: number) {
  for (const column of added) await tell(deps, run, "field_added", { column });
  for (const { name, keptAs } of retyped)
    await tell(deps, run, "field_retyped", { column: name, keptAs }, "warning");
  if (leftOut > 0) await tell(deps, run, "fields_left_out", { count: leftOut }, "warning");
}

function tell(
  deps: SyncDeps,
  { portalId, id: runId, entity }: Run,
  code: LogEntry["code"],
  details: Readonly<Record<string, unknown>>,
  level: LogEntry["level"] = "info",
): Promise<void> {
  return insertLog(deps.db.pool, { portalId, runId, entity, level, code, details });
}

/** The mirror as it was when a run was planned: a run that is taken over goes on with the same columns. */
export async function loadMirror(deps: SyncDeps, run: Run): Promise<Mirror> {
  const descriptor = ENTITIES[run.entity];
  const { schema } = await deps.portals.get(run.portalId);
  const fields = await selectFields(deps.db.pool, run.portalId, run.entity);
  return describeMirror(schema, descriptor, planFields(descriptor, fields));
}

/** Where an incremental run of an entity begins; null where there is nothing to begin from. */
export async function readKnown(
  deps: SyncDeps,
  { portalId, entity }: { portalId: number; entity: Entity },
  schema: string,
): Promise<Known | null> {
  const state = await selectState(deps.db.pool, portalId, entity);
  if (state.watermark === null) return null;
  const maxId = await selectMaxId(deps.db.pool, schema, ENTITIES[entity].table);
  if (maxId === null) return null;
  const since = new Date(state.watermark.getTime() - OVERLAP_SECONDS * 1000);
  return { changedSince: toPortalTime(since), maxId, rows: state.rows };
}

/** The end of a window that is asked about now: everything that changed before is in the answer. */
export const windowEnd = (portalTime: number): Date => new Date(portalTime - EDGE_SECONDS * 1000);

/** Without anything known: everything. */
function makePlan(
  deps: SyncDeps,
  portalTime: number,
  { extent, modified, hasNew }: EntityProbe,
  known: Known | null,
): Omit<Plan, "skew" | "offsetMinutes"> {
  const windowTo = windowEnd(portalTime);
  if (known === null) {
    const { readers, batchSize } = deps.settings;
    const partitions = cutRanges(extent, { readers, pages: batchSize }).map((range) => ({
      kind: "range" as const,
      ...range,
    }));
    return { windowFrom: null, windowTo, rowsExpected: extent.total, partitions };
  }
  const changed = modified > 0 ? [{ kind: "modified" as const, lo: 0, hi: known.maxId }] : [];
  const added = hasNew ? [{ kind: "new" as const, lo: known.maxId, hi: null }] : [];
  const windowFrom = new Date(known.changedSince);
  return { windowFrom, windowTo, rowsExpected: modified, partitions: [...changed, ...added] };
}

/** Writes what the portal gave; returns the dictionaries that it did not give. */
export async function keepDictionaries(deps: SyncDeps, schema: string, answers: readonly DictionaryAnswer[]) {
  const skipped: { name: string; code: string }[] = [];
  for (const answer of answers) {
    if ("error" in answer) skipped.push({ name: answer.dictionary.name, code: answer.error.code });
    else await deps.db.transaction((tx) => writeDictionary(tx, schema, answer.dictionary, answer.entries));
  }
  return skipped;
}
