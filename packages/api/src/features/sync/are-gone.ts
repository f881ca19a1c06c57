import type { BatchOutcome } from "../../platform/bitrix/types.ts";
import type { ReadContext } from "./read-partition.ts";

/**
 * Whether records that no list shows are really gone: when rights were taken away, lists fall silent in the same way,
 * but asking for the record itself is then refused. Any other answer than "not found" keeps the rows.
 */
export async function areGone(context: ReadContext, ids: readonly number[]): Promise<boolean> {
  return (await askForEach(context, ids)).every(isNotFound);
}

/**
 * Those of the ids that are believed to be gone: few are each asked for; of many a sample, which speaks for all.
 * `sample` is how many one request may ask for, at most 50.
 */
export async function sortOutGone(
  context: ReadContext,
  ids: readonly number[],
  sample: number,
): Promise<readonly number[]> {
  if (ids.length === 0) return [];
  if (ids.length <= sample) {
    const outcomes = await askForEach(context, ids);
    return ids.filter((_, at) => isNotFound(outcomes[at]!));
  }
  const step = ids.length / sample;
  const picked = Array.from({ length: sample }, (_, at) => ids[Math.floor(at * step)]!);
  return (await areGone(context, picked)) ? ids : [];
}

async function askForEach(
  { client, mirror, options }: ReadContext,
  ids: readonly number[],
): Promise<BatchOutcome[]> {
  const method = `crm.${mirror.descriptor.entity}.get`;
  const commands = Object.fromEntries(ids.map((id) => [`r${id}`, { method, params: { id } }]));
  const outcomes = await client.batch(commands, { ...options });
  return ids.map((id) => outcomes[`r${id}`]!);
}

const isNotFound = (outcome: BatchOutcome) =>
  !outcome.ok && outcome.error.code === "portal_error" && /not found/i.test(outcome.error.detail);
