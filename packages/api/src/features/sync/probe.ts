import { z } from "zod";
import { PortalError } from "../../platform/bitrix/errors.ts";
import type { BatchOptions, BatchOutcome, Command, PortalClient } from "../../platform/bitrix/types.ts";
import { toMilliseconds, toOffsetMinutes } from "./calendar.ts";
import { DICTIONARIES, type Dictionary } from "./dictionaries.ts";
import type { EntityDescriptor } from "./entities.ts";
import { type PortalField, readFields } from "./fields.ts";
import type { Extent } from "./partitions.ts";

/** What a run must know before it plans: all of it in one request, where the dictionaries are of usual size. */
export interface Probe {
  /** The portal's clock when it took up the question, in milliseconds since the epoch. */
  readonly portalTime: number;
  /** Minutes that the portal's own time is ahead of UTC. */
  readonly offsetMinutes: number;
  /** The portal's clock when it was done answering. */
  readonly answeredAt: number;
  readonly fields: readonly PortalField[];
  readonly extent: Extent;
  /** Of an incremental run: records changed since, and whether there are ids above the mirror's. */
  readonly modified: number;
  readonly hasNew: boolean;
  readonly dictionaries: readonly DictionaryAnswer[];
  readonly requests: number;
}

/** Entries of a dictionary, or why the portal does not give them (a scope is missing, a module is off). */
export type DictionaryAnswer =
  | { readonly dictionary: Dictionary; readonly entries: readonly Record<string, unknown>[] }
  | { readonly dictionary: Dictionary; readonly error: PortalError };

/** What is already there: where an incremental run begins. Null for a full one. */
export interface Known {
  /** ISO time on the portal's clock. */
  readonly changedSince: string;
  readonly maxId: number;
  readonly rows: number;
}

const PAGE = 50;

/** @throws PortalError where records or their fields may not be read, or the answer makes no sense */
export async function probe(
  client: PortalClient,
  descriptor: EntityDescriptor,
  known: Known | null,
  options: BatchOptions,
): Promise<Probe> {
  const commands: Record<string, Command> = {
    time: { method: "server.time" },
    fields: { method: descriptor.fieldsMethod },
    ...extentCommands(descriptor, known),
    ...Object.assign(
      {},
      ...DICTIONARIES.map((dictionary) => pageCommands(dictionary, 0, dictionary.firstPages)),
    ),
  };
  const outcomes = await client.batch(commands, options);
  const clock = String(need(outcomes, "time"));
  const time = toMilliseconds(clock);
  if (time === null) throw invalid("server.time", "the portal's time is not a time");
  const finished = Object.values(outcomes).map((outcome) =>
    outcome.ok && outcome.time ? outcome.time.finish * 1000 : 0,
  );
  const dictionaries: DictionaryAnswer[] = [];
  let requests = 1;
  for (const dictionary of DICTIONARIES) {
    const { answer, extra } = await collect(client, dictionary, outcomes, options);
    dictionaries.push(answer);
    requests += extra;
  }
  const fields = understand(descriptor.fieldsMethod, () => readFields(need(outcomes, "fields")));
  if (!fields.some(({ name }) => name === descriptor.idField))
    throw invalid(descriptor.fieldsMethod, `there is no field ${descriptor.idField}`);
  return {
    portalTime: time,
    offsetMinutes: toOffsetMinutes(clock),
    answeredAt: Math.max(time, ...finished),
    fields,
    dictionaries,
    requests,
    ...readExtent(descriptor, known, outcomes),
  };
}

function extentCommands(
  { listMethod, idField, modifiedField }: EntityDescriptor,
  known: Known | null,
): Record<string, Command> {
  const list = (params: Record<string, unknown>): Command => ({
    method: listMethod,
    params: { select: [idField], ...params },
  });
  const last = list({ order: { [idField]: "DESC" }, start: -1 });
  if (known === null) return { last, first: list({ order: { [idField]: "ASC" }, start: 0 }) };
  return {
    last,
    modified: list({
      order: { [idField]: "ASC" },
      start: 0,
      filter: { [`>=${modifiedField}`]: known.changedSince, [`<=${idField}`]: known.maxId },
    }),
  };
}

function readExtent(
  { listMethod, idField }: EntityDescriptor,
  known: Known | null,
  outcomes: Record<string, BatchOutcome>,
) {
  const Ids = z.array(z.object({ [idField]: z.coerce.number().int().positive() }));
  const idOf = (key: string) =>
    understand(listMethod, () => Ids.parse(need(outcomes, key))[0]?.[idField] ?? 0);
  const totalOf = (key: string) => (outcomes[key]?.ok ? (outcomes[key].total ?? 0) : 0);
  const highest = idOf("last");
  if (known !== null) {
    need(outcomes, "modified");
    return {
      extent: { lowest: 1, highest, total: known.rows },
      modified: totalOf("modified"),
      hasNew: highest > known.maxId,
    };
  }
  const lowest = idOf("first");
  // A record may be added between the two answers; the extent must hold what both have seen.
  const total = Math.max(totalOf("first"), highest > 0 ? 1 : 0);
  return {
    extent: { lowest: Math.min(lowest || highest, highest), highest, total },
    modified: 0,
    hasNew: false,
  };
}

function pageCommands(dictionary: Dictionary, from: number, count: number): Record<string, Command> {
  const startKey = dictionary.method === "department.get" ? "START" : "start";
  const pages = Array.from({ length: count }, (_, at) => from + at);
  return Object.fromEntries(
    pages.map((page) => [
      `${dictionary.name}_${page}`,
      { method: dictionary.method, params: { ...dictionary.params, [startKey]: page * PAGE } },
    ]),
  );
}

async function collect(
  client: PortalClient,
  dictionary: Dictionary,
  first: Record<string, BatchOutcome>,
  options: BatchOptions,
) {
  const entries: Record<string, unknown>[] = [];
  let outcomes = first;
  let extra = 0;
  for (let page = 0; ; page++) {
    if (outcomes[`${dictionary.name}_${page}`] === undefined) {
      outcomes = await client.batch(pageCommands(dictionary, page, 10), options);
      extra += 1;
    }
    const outcome = outcomes[`${dictionary.name}_${page}`];
    if (outcome === undefined || !outcome.ok) {
      const error = outcome?.error ?? invalid(dictionary.method, "a page is missing from the answer");
      return { answer: { dictionary, error }, extra };
    }
    const rows = readPage(dictionary, outcome.result);
    if (rows instanceof PortalError) return { answer: { dictionary, error: rows }, extra };
    entries.push(...rows);
    // A portal that ignores `start` would repeat its first page for ever: the total tells when to stop.
    if (
      outcome.next === undefined ||
      rows.length === 0 ||
      entries.length >= (outcome.total ?? Number.POSITIVE_INFINITY)
    ) {
      return { answer: { dictionary, entries }, extra };
    }
  }
}

/** Names are not worth a run: a dictionary that makes no sense is skipped like one that is refused. */
function readPage(dictionary: Dictionary, result: unknown): Record<string, unknown>[] | PortalError {
  try {
    return understand(dictionary.method, () => dictionary.read(result));
  } catch (error) {
    if (error instanceof PortalError) return error;
    throw error;
  }
}

function need(outcomes: Record<string, BatchOutcome>, key: string): unknown {
  const outcome = outcomes[key];
  if (outcome === undefined) throw invalid("batch", `the answer to "${key}" is missing`);
  if (!outcome.ok) throw outcome.error;
  return outcome.result;
}

function understand<T>(method: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issue = error.issues[0];
    throw invalid(method, `${issue?.path.join(".")}: ${issue?.message}`);
  }
}

function invalid(method: string, reason: string): PortalError {
  return new PortalError({ code: "portal_answer_invalid", method, detail: `${method}: ${reason}` });
}
