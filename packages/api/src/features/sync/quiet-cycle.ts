import type { Entity, SchemaContract } from "@b24kit/client/contract";
import { PortalError } from "../../platform/bitrix/errors.ts";
import type { SyncDeps } from "./deps.ts";
import { findEntity, recordsOf, tableOf } from "./entities.ts";
import { fieldsFingerprint } from "./fields.ts";
import { keepDictionaries } from "./keep-dictionaries.ts";
import { askAbout, planFields, readKnown, windowEnd } from "./plan-run.ts";
import { type EntityProbe, type Known, probe, type Question } from "./probe.ts";
import { report } from "./report.ts";
import { type Division, divideFields } from "./schema-contract.ts";
import { completeQuietly, selectState } from "./store/entity-state.ts";
import { selectFields, selectReplacedColumns } from "./store/fields.ts";

/**
 * Asks about several entities at once, of a usual portal with one request, and moves the watermark of those in which nothing happened: neither
 * changed records nor new ones, and the same fields. Answers the others, which need runs of their own; all of them
 * where the request failed, so that each can say for itself what is wrong.
 */
export async function passQuietly(
  deps: SyncDeps,
  portalId: number,
  entities: readonly Entity[],
  signal: AbortSignal,
): Promise<readonly Entity[]> {
  const { schema } = await deps.portals.get(portalId);
  const asked: { entity: Entity; known: Known; contract: SchemaContract }[] = [];
  const whole = entities.filter((entity) => isDictionary(entity));
  for (const entity of entities) {
    if (whole.includes(entity)) continue;
    const known = await readKnown(deps, { portalId, entity }, schema);
    const { reload, contract } = await selectState(deps.db.pool, portalId, entity);
    if (known !== null && !reload) asked.push({ entity, known, contract });
  }
  if (asked.length + whole.length === 0) return entities;
  try {
    const client = await deps.portals.client(portalId);
    const questions: Question[] = [];
    for (const { entity, known } of asked) {
      const descriptor = recordsOf(entity);
      questions.push(await askAbout(deps, schema, descriptor, known));
    }
    const answer = await probe(client, questions, { signal, priority: "background" });
    const { skipped } = await keepDictionaries(deps, portalId, answer);
    const quiet = new Set(whole.filter((entity) => !skipped.some(({ name }) => name === tableOf(entity))));
    for (const [at, { entity, contract }] of asked.entries()) {
      const found = answer.entities[at]!;
      if (found instanceof PortalError || !(await isQuiet(deps, { portalId, entity, contract }, found)))
        continue;
      await completeQuietly(deps.db.pool, {
        portalId,
        entity,
        watermark: windowEnd(answer.portalTime, questions[at]!),
        intervalMinutes: deps.settings.intervalMinutes,
      });
      await report(deps, portalId, entity);
      quiet.add(entity);
    }
    return entities.filter((entity) => !quiet.has(entity));
  } catch (error) {
    if (signal.aborted) throw error;
    deps.log.info({ portalId, reason: String(error) }, "entities could not be asked about together");
    return entities;
  }
}

const isDictionary = (entity: Entity) => "dictionary" in (findEntity(entity) ?? {});

async function isQuiet(
  { db }: SyncDeps,
  { portalId, entity, contract }: { portalId: number; entity: Entity; contract: SchemaContract },
  { modified, hasNew, fields, fieldIds }: EntityProbe,
): Promise<boolean> {
  if (modified > 0 || hasNew) return false;
  const plans = planFields(recordsOf(entity), fields);
  const described = plans.map(({ field }) => field);
  const known = await selectFields(db.pool, portalId, entity);
  // A frozen table that differs gets a run, which says so.
  const wanted =
    contract === "freeze"
      ? { columns: described, apart: [] }
      : divideFields(contract, known.columns, described);
  if (fingerprintOf(wanted) !== fingerprintOf(known)) return false;
  if (contract !== "evolve") return true;
  return (await selectReplacedColumns(db.pool, portalId, entity, plans, fieldIds)).length === 0;
}

const fingerprintOf = ({ columns, apart }: Division) => fieldsFingerprint(columns) + fieldsFingerprint(apart);
