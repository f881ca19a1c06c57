import type { BatchOutcome } from "../../platform/bitrix/types.ts";
import { type EntityDescriptor, readsByOwner } from "./entities.ts";
import type { ReadContext } from "./read-partition.ts";
import { haveNoOwner } from "./store/mirror-rows.ts";

type Asking = Pick<ReadContext, "client" | "mirror" | "options"> & { deps: Pick<ReadContext["deps"], "db"> };

/**
 * Whether records that no list shows are really gone: when rights were taken away, lists fall silent in the same way,
 * but asking for the record itself is then refused. Any other answer than "not found" keeps the rows. What goes with
 * its owner is gone where all the owners are; of what cannot be asked for nothing is believed.
 */
export async function areGone(context: Asking, ids: readonly number[]): Promise<boolean> {
  const { schema, descriptor } = context.mirror;
  // An owner that is not shown answers with a refusal, never with fewer records.
  if (readsByOwner(descriptor)) return true;
  if (descriptor.owner) return haveNoOwner(context.deps.db.pool, schema, descriptor, ids);
  if (!descriptor.get) return false;
  return (await askForEach(context, descriptor.get, ids)).every(isNotFound);
}

/**
 * Those of the ids that are believed to be gone: few are each asked for, where that is possible; of many a sample,
 * which speaks for all. `sample` is how many one request may ask for, at most 50.
 */
export async function sortOutGone(
  context: Asking,
  ids: readonly number[],
  sample: number,
): Promise<readonly number[]> {
  if (ids.length === 0) return [];
  if (ids.length <= sample) {
    const { get } = context.mirror.descriptor;
    if (!get) return ids;
    const outcomes = await askForEach(context, get, ids);
    return ids.filter((_, at) => isNotFound(outcomes[at]!));
  }
  const step = ids.length / sample;
  const picked = Array.from({ length: sample }, (_, at) => ids[Math.floor(at * step)]!);
  return (await areGone(context, picked)) ? ids : [];
}

async function askForEach(
  { client, options }: Asking,
  { method, params = {} }: NonNullable<EntityDescriptor["get"]>,
  ids: readonly number[],
): Promise<BatchOutcome[]> {
  const commands = Object.fromEntries(ids.map((id) => [`r${id}`, { method, params: { ...params, id } }]));
  const outcomes = await client.batch(commands, { ...options });
  return ids.map((id) => outcomes[`r${id}`]!);
}

const isNotFound = (outcome: BatchOutcome) =>
  !outcome.ok &&
  outcome.error.code === "portal_error" &&
  (/not found/i.test(outcome.error.detail) || outcome.error.portalCode === "NOT_FOUND");
