import type { Entity } from "@b24kit/client/contract";
import { PortalError } from "../../platform/bitrix/errors.ts";
import type { BatchOptions } from "../../platform/bitrix/types.ts";
import { type Claim, requireClaim } from "../../platform/jobs/claim.ts";
import { type Alignment, alignMirror } from "./align-mirror.ts";
import { announceSchema } from "./announce.ts";
import { toPortalTime } from "./calendar.ts";
import { planColumns } from "./columns.ts";
import type { SyncDeps } from "./deps.ts";
import { type EntityDescriptor, readsByOwner, recordsOf } from "./entities.ts";
import type { PortalField } from "./fields.ts";
import { keepDictionaries } from "./keep-dictionaries.ts";
import { describeMirror, type Mirror } from "./mirror.ts";
import { cutRanges, idsInRequest } from "./partitions.ts";
import { type EntityProbe, type Known, probe, type Question } from "./probe.ts";
import { compareFields } from "./schema-changes.ts";
import { type Division, divideFields } from "./schema-contract.ts";
import { requestReload, selectState } from "./store/entity-state.ts";
import { saveFields, selectFields, selectReplacedColumns } from "./store/fields.ts";
import { insertLog, type LogEntry } from "./store/logs.ts";
import { noteMissingAbove, selectMaxId } from "./store/mirror-rows.ts";
import { type OwnersSeen, selectOwners } from "./store/owners.ts";
import { insertPlan, type Plan } from "./store/partitions.ts";
import { addCosts, type Run } from "./store/runs.ts";
import { insertSchemaChanges } from "./store/schema-changes.ts";

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
  const descriptor = recordsOf(run.entity);
  const { schema } = await deps.portals.get(run.portalId);
  const known = run.type === "incremental" ? await readKnown(deps, run, schema) : null;
  const client = await deps.portals.client(run.portalId);
  const question = await askAbout(deps, schema, descriptor, known);
  const { owners } = question;
  const answer = await probe(client, [question], options);
  // Taken when the whole answer is in, so that it is never too large: a reading never seems later than it was.
  const skew = answer.answeredAt - deps.clock.now();
  const found = answer.entities[0]!;
  if (found instanceof PortalError) throw found;
  const described = planFields(descriptor, found.fields).map(({ field }) => field);
  const { mirror, alignment } = await fitMirror(deps, run, claim, described, found.fieldIds);
  await tellAlignment(deps, run, alignment, countLeftOut(descriptor, found.fields, described));
  for (const { name, code } of (await keepDictionaries(deps, run.portalId, answer)).skipped)
    await tell(deps, run, "dictionary_skipped", { dictionary: name, code }, "warning");
  // A column that was empty until now is filled by reading everything once more.
  const { reload } = await selectState(deps.db.pool, run.portalId, run.entity);
  const everything = known === null || alignment.created || reload;
  const plan = {
    ...makePlan(deps, windowEnd(answer.portalTime, question), found, everything ? null : known, owners),
    skew,
    offsetMinutes: answer.offsetMinutes,
  };
  const active = await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    await addCosts(tx, run.id, answer);
    if (everything && !owners) {
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

/** Where the portal's fields of an entity go. */
export const planFields = ({ list, notListed }: EntityDescriptor, fields: readonly PortalField[]) =>
  planColumns(fields, list.rowId, notListed);

const countLeftOut = (
  { notListed }: EntityDescriptor,
  fields: readonly PortalField[],
  described: readonly PortalField[],
) => fields.filter(({ name }) => !notListed?.includes(name)).length - described.length;

const mirrorOf = (schema: string, descriptor: EntityDescriptor, { columns, apart }: Division): Mirror =>
  describeMirror(
    schema,
    descriptor,
    planFields(descriptor, columns),
    apart.map(({ name }) => name),
  );

/**
 * Makes the table fit, as far as its contract lets it. That columns came is kept together with them: whatever happens to
 * this run, some run will read everything.
 * @throws AppError schema_frozen
 */
async function fitMirror(
  deps: SyncDeps,
  { portalId, entity }: Run,
  claim: Claim,
  described: readonly PortalField[],
  fieldIds: ReadonlyMap<string, string>,
): Promise<{ mirror: Mirror; alignment: Alignment }> {
  const { pool } = deps.db;
  const { schema } = await deps.portals.get(portalId);
  const { contract } = await selectState(pool, portalId, entity);
  const known = await selectFields(pool, portalId, entity);
  const division = divideFields(contract, known.columns, described);
  const mirror = mirrorOf(schema, recordsOf(entity), division);
  const follows = contract === "evolve";
  const replaced = follows ? await selectReplacedColumns(pool, portalId, entity, mirror.plans, fieldIds) : [];
  const before = [...known.columns, ...known.apart];
  const changes = compareFields(before, described, fieldsOf(mirror, replaced));
  const alignment = await alignMirror(deps.db, mirror, {
    replaced,
    clock: deps.clock,
    alongside: async (tx, alignment) => {
      const { added, retyped } = alignment;
      await requireClaim(tx, claim);
      await saveFields(tx, portalId, entity, mirror.plans, division.apart, fieldIds);
      await insertSchemaChanges(tx, { portalId, entity }, changes);
      if (added.length + retyped.length > 0) await requestReload(tx, portalId, entity);
      await announceSchema(deps, tx, { portalId, entity }, alignment);
    },
  });
  return { mirror, alignment };
}

/** Names of the fields that have these columns. */
const fieldsOf = ({ plans }: Mirror, columns: readonly string[]): ReadonlySet<string> =>
  new Set(
    plans
      .filter((plan) => plan.columns.some(({ name }) => columns.includes(name)))
      .map(({ field }) => field.name),
  );

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
export async function loadMirror(deps: SyncDeps, run: Pick<Run, "portalId" | "entity">): Promise<Mirror> {
  const descriptor = recordsOf(run.entity);
  const { schema } = await deps.portals.get(run.portalId);
  return mirrorOf(schema, descriptor, await selectFields(deps.db.pool, run.portalId, run.entity));
}

/** Where an incremental run of an entity begins; null where there is nothing to begin from. */
export async function readKnown(
  deps: SyncDeps,
  { portalId, entity }: { portalId: number; entity: Entity },
  schema: string,
): Promise<Known | null> {
  const state = await selectState(deps.db.pool, portalId, entity);
  if (state.watermark === null) return null;
  const descriptor = recordsOf(entity);
  if (readsByOwner(descriptor))
    return { changedSince: state.watermark.toISOString(), maxId: state.sweptId ?? 0, rows: state.rows };
  const maxId = await selectMaxId(deps.db.pool, schema, descriptor.table);
  if (maxId === null) return null;
  const since = new Date(state.watermark.getTime() - OVERLAP_SECONDS * 1000);
  return { changedSince: toPortalTime(since), maxId: state.sweptId ?? maxId, rows: state.rows };
}

/** What is asked about an entity, with what the mirror knows of the owners where records are read owner by owner. */
export async function askAbout(
  { db }: SyncDeps,
  schema: string,
  descriptor: EntityDescriptor,
  known: Known | null,
): Promise<Question> {
  if (!readsByOwner(descriptor)) return { descriptor, known };
  const owners = await selectOwners(db.pool, schema, descriptor, known?.changedSince ?? null);
  return { descriptor, known, owners };
}

/**
 * The end of a window that is asked about now: everything that changed before is in the answer. Where records are read
 * owner by owner it is on the database's clock.
 */
export const windowEnd = (portalTime: number, { owners }: Question): Date =>
  owners?.until ?? new Date(portalTime - EDGE_SECONDS * 1000);

/** Without anything known: everything. */
function makePlan(
  deps: SyncDeps,
  windowTo: Date,
  { extent, modified, hasNew }: EntityProbe,
  known: Known | null,
  owners: OwnersSeen | undefined,
): Omit<Plan, "skew" | "offsetMinutes"> {
  // How many records the owners have is seen when they are read.
  const expected = (count: number) =>
    owners ? { rowsExpected: null, ownersExpected: count } : { rowsExpected: count };
  if (known === null) {
    const { readers, batchSize } = deps.settings;
    const inRequest = idsInRequest(batchSize, owners !== undefined);
    const partitions = cutRanges(extent, { readers, inRequest }).map((range) => ({
      kind: "range" as const,
      ...range,
    }));
    return { windowFrom: null, windowTo, ...expected(extent.total), partitions };
  }
  const hi = owners ? extent.highest : known.maxId;
  const changed = modified > 0 ? [{ kind: "modified" as const, lo: 0, hi }] : [];
  const added = hasNew ? [{ kind: "new" as const, lo: known.maxId, hi: null }] : [];
  const windowFrom = new Date(known.changedSince);
  return { windowFrom, windowTo, ...expected(modified), partitions: [...changed, ...added] };
}
