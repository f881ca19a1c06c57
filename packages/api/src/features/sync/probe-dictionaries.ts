import { PortalError } from "../../platform/bitrix/errors.ts";
import type { BatchOptions, BatchOutcome, Command, PortalClient } from "../../platform/bitrix/types.ts";
import { invalid, understand } from "./answers.ts";
import { DICTIONARIES, type Dictionary } from "./dictionaries.ts";

/** Entries of a dictionary, or why the portal does not give them (a scope is missing, a module is off). */
export type DictionaryAnswer =
  | { readonly dictionary: Dictionary; readonly entries: readonly Record<string, unknown>[] }
  | { readonly dictionary: Dictionary; readonly error: PortalError };

const PAGE = 50;

/** What the first request asks of all dictionaries: enough pages for those of usual size. */
export function dictionaryCommands(): Record<string, Command> {
  return Object.assign(
    {},
    ...DICTIONARIES.map((dictionary) => pageCommands(dictionary, 0, dictionary.firstPages)),
  );
}

/** Reads the dictionaries from the first answer, and asks on where one is longer. Returns how many requests that took. */
export async function readDictionaries(
  client: PortalClient,
  first: Record<string, BatchOutcome>,
  options: BatchOptions,
): Promise<{ answers: DictionaryAnswer[]; requests: number }> {
  const answers: DictionaryAnswer[] = [];
  let requests = 0;
  for (const dictionary of DICTIONARIES) {
    const { answer, extra } = await collect(client, dictionary, first, options);
    answers.push(answer);
    requests += extra;
  }
  return { answers, requests };
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
