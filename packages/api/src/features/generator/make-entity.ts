import type { GeneratorEntity } from "@b24kit/client/contract";
import { isPortalError } from "../../platform/bitrix/errors.ts";
import { requireClaim } from "../../platform/jobs/claim.ts";
import { inLanes } from "../../platform/jobs/lanes.ts";
import { type RunContext, RunEnded } from "./context.ts";
import { BATCH, findRecords, pages, type Write, type Written, writeRecords } from "./portal-records.ts";
import type { MadeRecord } from "./records/record.ts";
import { toShown } from "./shown.ts";
import { insertLog } from "./store/logs.ts";
import {
  insertIntents,
  type Outcome,
  selectIds,
  selectIntended,
  selectUnbegun,
  updateOutcomes,
} from "./store/records.ts";
import { mayGoOn } from "./store/runs.ts";

/** Writes of one batch without an answer that a run bears one after the other. */
const MOST_DOUBTS = 5;

/** Makes what is still missing of one kind. @throws RunEnded between two batches, PortalError, ClaimLost */
export async function makeEntity(context: RunContext, entity: GeneratorEntity): Promise<void> {
  const { deps, run, pace } = context;
  const doubtful = await settleDoubt(context, entity);
  const unbegun = await selectUnbegun(deps.db.pool, run.id, entity, run.plan.counts[entity]);
  const batches = [...pages(doubtful, BATCH), ...pages(unbegun, BATCH)];
  await inLanes(
    () => batches.shift(),
    () => pace.lanes(),
    (nos) => makeBatch(context, entity, nos),
  );
}

/** A batch belongs to one lane until all of its records are known: only that lane writes it again. */
async function makeBatch(context: RunContext, entity: GeneratorEntity, batch: number[]): Promise<void> {
  let nos = batch;
  for (let doubts = 0; nos.length > 0; doubts += 1) {
    const cause = await writeBatch(context, entity, nos, doubts > 0);
    if (cause === null) return;
    if (doubts + 1 >= MOST_DOUBTS) throw cause;
    nos = await settleDoubt(context, entity, nos);
  }
}

/**
 * Looks what became of writes whose answer never came, of these records or of all, and takes over what exists; answers
 * the numbers that do not. A write that was on its way may arrive late, so it is given a breath.
 */
export async function settleDoubt(
  context: RunContext,
  entity: GeneratorEntity,
  among: readonly number[] | null = null,
): Promise<number[]> {
  const { deps, run, options } = context;
  const nos = await selectIntended(deps.db.pool, run.id, entity, among);
  if (nos.length === 0) return [];
  await deps.clock.sleep(deps.settings.breathMs, options.signal);
  const missing: number[] = [];
  for (const page of pages(nos, BATCH)) missing.push(...(await adopt(context, entity, page)));
  return missing;
}

/** Takes over those of the records that exist; answers the others. */
async function adopt(
  context: RunContext,
  entity: GeneratorEntity,
  nos: readonly number[],
): Promise<number[]> {
  const { deps, run, client, options } = context;
  const found = await findRecords(client, run.id, entity, nos, options);
  context.progress.made(found.size);
  const known = nos.filter((no) => found.has(no));
  if (known.length > 0) {
    const writes = await toWrites(context, entity, known);
    await note(
      context,
      entity,
      writes,
      known.map((no) => ({ id: found.get(no)! })),
    );
    await insertLog(deps.db.pool, run.id, "records_adopted", { entity, count: known.length });
  }
  return nos.filter((no) => !found.has(no));
}

/** The ledger knows of a batch before the portal does; and no batch begins where the run may not go on. */
async function beginBatch(
  { deps, run, claim, factory }: RunContext,
  entity: GeneratorEntity,
  nos: readonly number[],
  again: boolean,
): Promise<void> {
  const intents = nos.map((no) => {
    const record = factory.make(entity, no);
    return { no, title: record.title, shown: toShown(record), companies: companiesIn(record) };
  });
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    if (!(await mayGoOn(tx, run.id))) throw new RunEnded();
    const begun = await insertIntents(tx, run.id, entity, intents);
    if (again || begun === 0) return;
    if (nos[0] === 1)
      await insertLog(tx, run.id, "entity_started", { entity, count: run.plan.counts[entity] });
    await insertLog(tx, run.id, "batch_started", { entity, from: nos[0], to: nos.at(-1) });
  });
}

/** Null where the portal has answered for every record, else why it is not known. */
async function writeBatch(
  context: RunContext,
  entity: GeneratorEntity,
  nos: readonly number[],
  again: boolean,
): Promise<Error | null> {
  const { client, run, options, pace, ending } = context;
  const writes = await toWrites(context, entity, nos);
  let sent = () => {};
  // Only when the limits have let it through: a stop finds nothing in the ledger but what is on its way.
  const beforeSend = async () => {
    await beginBatch(context, entity, nos, again);
    sent = pace.begin();
  };
  let written: Written[];
  try {
    written = await writeRecords(client, run.id, writes, { ...options, waitSignal: ending, beforeSend });
  } catch (error) {
    if (!isPortalError(error) || error.code !== "write_outcome_unknown" || options.signal?.aborted)
      throw error;
    return error;
  }
  await note(context, entity, writes, written);
  sent();
  context.progress.made(written.filter(Boolean).length);
  return written.every(Boolean) ? null : new Error("writes stay without an answer");
}

/** Gives each record the portal's ids of what it is linked to; what could not be made is left out. */
async function toWrites(
  { deps, run, factory }: RunContext,
  entity: GeneratorEntity,
  nos: readonly number[],
): Promise<Write[]> {
  const records = nos.map((no) => ({ no, record: factory.make(entity, no) }));
  const ids = (of: GeneratorEntity, wanted: readonly number[]) =>
    wanted.length === 0 ? new Map<number, number>() : selectIds(deps.db.pool, run.id, of, wanted);
  const companies = await ids(
    "company",
    records.flatMap(({ record }) => companiesIn(record)),
  );
  const contacts = await ids(
    "contact",
    records.flatMap(({ record }) =>
      record.entity === "deal" && record.contact !== null ? [record.contact] : [],
    ),
  );
  return records.map(({ no, record }) => ({
    no,
    record,
    linked: {
      companies: companiesIn(record).flatMap((company) => companies.get(company) ?? []),
      contact: (record.entity === "deal" && contacts.get(record.contact ?? 0)) || null,
    },
  }));
}

function companiesIn(record: MadeRecord): readonly number[] {
  if (record.entity === "contact") return record.companies;
  return record.entity === "deal" && record.company !== null ? [record.company] : [];
}

async function note(
  { deps, run, claim }: RunContext,
  entity: GeneratorEntity,
  writes: readonly Write[],
  written: readonly Written[],
): Promise<void> {
  const outcomes = writes.flatMap(({ no, linked }, at): Outcome[] => {
    const one = written[at];
    if (!one) return [];
    if ("refused" in one) return [{ no, refused: one.refused }];
    return [{ no, id: one.id, linked: entity === "contact" && linked.companies.length > 0 }];
  });
  const refused = outcomes.flatMap((outcome) => ("refused" in outcome ? [outcome.refused] : []));
  await deps.db.transaction(async (tx) => {
    await requireClaim(tx, claim);
    await updateOutcomes(tx, run.id, entity, outcomes);
    const [first] = refused;
    if (first) {
      const details = { entity, count: refused.length, field: first.field, detail: first.detail };
      await insertLog(tx, run.id, "records_failed", details, "warning");
    }
  });
}
