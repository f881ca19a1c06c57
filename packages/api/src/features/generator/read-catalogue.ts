import type { GeneratorCounts } from "@b24kit/client/contract";
import { z } from "zod";
import type { BatchOptions, BatchOutcome, Command, PortalClient } from "../../platform/bitrix/types.ts";
import { TYPE_IDS } from "./fields.ts";
import type { Catalogue, Stage } from "./records/record.ts";

const Statuses = z.array(
  z.object({ STATUS_ID: z.string(), EXTRA: z.object({ SEMANTICS: z.string() }).partial().nullish() }),
);
const Categories = z.object({ categories: z.array(z.object({ id: z.coerce.number().int() })) });
const Currencies = z.array(z.object({ CURRENCY: z.string(), BASE: z.string().optional() }));

const LISTS = ["INDUSTRY", "EMPLOYEES", "COMPANY_TYPE", "CONTACT_TYPE", "SOURCE", "STATUS"] as const;

/** Funnels beyond these are left alone: what a batch holds. */
const MOST_FUNNELS = 50;

/** What the portal offers to choose from: one request, and one for the stages of its funnels where deals are made. */
export async function readCatalogue(
  client: PortalClient,
  counts: GeneratorCounts,
  options: BatchOptions,
): Promise<Catalogue> {
  const commands: Record<string, Command> = Object.fromEntries(LISTS.map((name) => [name, statusList(name)]));
  commands["currencies"] = { method: "crm.currency.list" };
  if (counts.deal > 0)
    commands["funnels"] = { method: "crm.category.list", params: { entityTypeId: TYPE_IDS.deal } };
  const answers = await client.batch(commands, { ...options, idempotent: true });
  const codes = (name: (typeof LISTS)[number]) => statuses(answers[name]).map(({ STATUS_ID }) => STATUS_ID);
  const currency = need(answers["currencies"], Currencies).find(({ BASE }) => BASE === "Y")?.CURRENCY ?? null;
  const funnels = counts.deal > 0 ? need(answers["funnels"], Categories).categories.map(({ id }) => id) : [];
  return {
    industries: codes("INDUSTRY"),
    employees: codes("EMPLOYEES"),
    companyTypes: codes("COMPANY_TYPE"),
    contactTypes: codes("CONTACT_TYPE"),
    sources: codes("SOURCE"),
    // A converted lead has a deal behind it, so a new one does not begin there.
    leadStages: statuses(answers["STATUS"])
      .map(toStage)
      .filter(({ end }) => end !== "won"),
    funnels: await readFunnels(client, funnels.slice(0, MOST_FUNNELS), options),
    currency,
  };
}

async function readFunnels(client: PortalClient, ids: readonly number[], options: BatchOptions) {
  if (ids.length === 0) return [];
  const listOf = (id: number) => statusList(id === 0 ? "DEAL_STAGE" : `DEAL_STAGE_${id}`);
  const commands = Object.fromEntries(ids.map((id) => [`f${id}`, listOf(id)]));
  const answers = await client.batch(commands, { ...options, idempotent: true });
  return ids.map((id) => ({ id, stages: statuses(answers[`f${id}`]).map(toStage) }));
}

function statusList(list: string): Command {
  return { method: "crm.status.list", params: { filter: { ENTITY_ID: list }, order: { SORT: "ASC" } } };
}

const statuses = (outcome: BatchOutcome | undefined) => need(outcome, Statuses);

function toStage({ STATUS_ID, EXTRA }: z.infer<typeof Statuses>[number]): Stage {
  const meaning = EXTRA?.SEMANTICS ?? "process";
  return { id: STATUS_ID, end: meaning === "success" ? "won" : meaning === "process" ? "open" : "lost" };
}

function need<T>(outcome: BatchOutcome | undefined, shape: z.ZodType<T>): T {
  if (outcome === undefined || !outcome.ok) throw outcome?.error ?? new Error("a command has no answer");
  return shape.parse(outcome.result);
}
