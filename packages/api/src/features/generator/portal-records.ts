import type { GeneratorEntity } from "@b24kit/client/contract";
import { z } from "zod";
import { PortalError } from "../../platform/bitrix/errors.ts";
import type { BatchOptions, BatchOutcome, PortalClient } from "../../platform/bitrix/types.ts";
import { companyFields, itemFields, type Linked, originatorOf, originOf, TYPE_IDS } from "./fields.ts";
import type { MadeRecord } from "./records/record.ts";

/** Records that one request writes: what the portal's import takes. */
export const BATCH = 20;
const PAGE = 50;
/** Commands of a batch. */
const COMMANDS = 50;

export interface Write {
  readonly no: number;
  readonly record: MadeRecord;
  readonly linked: Linked;
}

export interface Refusal {
  readonly code: string;
  readonly field: string | null;
  readonly detail: string;
}

/** What the portal did with one record; null where it is not known. */
export type Written = { readonly id: number } | { readonly refused: Refusal } | null;

const Imported = z.object({
  items: z.array(
    z.union([
      z.object({ item: z.object({ id: z.coerce.number().int() }) }),
      z.object({ error: z.union([z.string(), z.number()]), error_description: z.string().default("") }),
    ]),
  ),
});
const Items = z.object({ items: z.array(z.record(z.string(), z.unknown())) });

/** Writes up to 20 records of one kind by one request. @throws PortalError where the request as a whole failed */
export async function writeRecords(
  client: PortalClient,
  runId: string,
  writes: readonly Write[],
  options: BatchOptions,
): Promise<Written[]> {
  return writes[0]?.record.entity === "company"
    ? addCompanies(client, runId, writes, options)
    : importItems(client, runId, writes, options);
}

async function addCompanies(
  client: PortalClient,
  runId: string,
  writes: readonly Write[],
  options: BatchOptions,
): Promise<Written[]> {
  const commands = writes.map(({ no, record }) => [
    `r${no}`,
    {
      method: "crm.company.add",
      params: {
        fields: companyFields(record as Extract<MadeRecord, { entity: "company" }>, { runId, no }),
        params: { IMPORT: "Y", REGISTER_SONET_EVENT: "N" },
      },
    },
  ]);
  const answers = await client.batch(Object.fromEntries(commands), options);
  return writes.map(({ no }) => toWritten(answers[`r${no}`]));
}

function toWritten(outcome: BatchOutcome | undefined): Written {
  if (outcome === undefined) return null;
  if (outcome.ok) return { id: z.coerce.number().int().parse(outcome.result) };
  const { error } = outcome;
  if (error.outcome === "unknown") return null;
  return { refused: toRefusal(error.portalCode ?? error.code, error.detail.replace(/^[\w.]+: /, "")) };
}

async function importItems(
  client: PortalClient,
  runId: string,
  writes: readonly Write[],
  options: BatchOptions,
): Promise<Written[]> {
  const entity = writes[0]!.record.entity;
  const data = writes.map(({ no, record, linked }) =>
    itemFields(record as Exclude<MadeRecord, { entity: "company" }>, { runId, no }, linked),
  );
  const method = "crm.item.batchImport";
  const { result } = await client.call(method, { entityTypeId: TYPE_IDS[entity], data }, options);
  const parsed = Imported.safeParse(result);
  if (!parsed.success || parsed.data.items.length !== writes.length) {
    const detail = `${method}: the answer does not name every record`;
    throw new PortalError({ code: "write_outcome_unknown", method, outcome: "unknown", detail });
  }
  return parsed.data.items.map((item) =>
    "item" in item
      ? { id: item.item.id }
      : { refused: toRefusal(String(item.error), item.error_description) },
  );
}

/** «Название» of the portal's own words, where they name a field. */
function toRefusal(code: string, detail: string): Refusal {
  const field = /[«"“]([^«»"“”]{1,80})[»"”]/.exec(detail)?.[1] ?? null;
  return { code, field, detail: detail || code };
}

/** Ids of records of the run by their numbers, of those that exist: how doubt about a write ends. */
export async function findRecords(
  client: PortalClient,
  runId: string,
  entity: GeneratorEntity,
  nos: readonly number[],
  options: BatchOptions,
): Promise<Map<number, number>> {
  const filter = {
    "=originatorId": originatorOf(runId),
    "@originId": nos.map((no) => originOf(entity, no)),
  };
  const select = ["id", "originId"];
  const params = { entityTypeId: TYPE_IDS[entity], filter, select, order: { id: "ASC" }, start: -1 };
  const { result } = await client.call("crm.item.list", params, options);
  const found = Items.parse(result).items.map(({ id, originId }) => [
    Number(String(originId).split(":")[1]),
    Number(id),
  ]);
  return new Map(found as [number, number][]);
}

/** Records by id as the portal shows them, up to 2,500; those that are gone are absent. */
export async function readRecords(
  client: PortalClient,
  entity: GeneratorEntity,
  ids: readonly number[],
  options: BatchOptions,
): Promise<Map<number, Record<string, unknown>>> {
  const commands = pages(ids, PAGE).map((page, at) => [
    `p${at}`,
    {
      method: "crm.item.list",
      params: {
        entityTypeId: TYPE_IDS[entity],
        filter: { "@id": page },
        select: ["*"],
        order: { id: "ASC" },
        start: -1,
      },
    },
  ]);
  const answers = await client.batch(Object.fromEntries(commands), { ...options, idempotent: true });
  const found = new Map<number, Record<string, unknown>>();
  for (const outcome of Object.values(answers)) {
    if (!outcome.ok) throw outcome.error;
    for (const item of Items.parse(outcome.result).items) found.set(Number(item["id"]), item);
  }
  return found;
}

/** Deletes up to 50 records by one request; answers the ids that the portal did not let go, with its reason. */
export async function deleteRecords(
  client: PortalClient,
  entity: GeneratorEntity,
  ids: readonly number[],
  options: BatchOptions,
): Promise<Map<number, PortalError>> {
  const commands = ids.map((id) => [
    `d${id}`,
    { method: "crm.item.delete", params: { entityTypeId: TYPE_IDS[entity], id } },
  ]);
  // Deleting twice does no harm: the second time there is nothing.
  const answers = await client.batch(Object.fromEntries(commands), { ...options, idempotent: true });
  const kept = new Map<number, PortalError>();
  for (const id of ids) {
    const outcome = answers[`d${id}`];
    if (outcome && !outcome.ok && outcome.error.portalCode?.toUpperCase() !== "NOT_FOUND")
      kept.set(id, outcome.error);
  }
  return kept;
}

export const DELETES = COMMANDS;

/** The list in pieces of at most so many. */
export function pages<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}
