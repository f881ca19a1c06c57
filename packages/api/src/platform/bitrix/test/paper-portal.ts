import { type Parsed, parseStr } from "./parse-str.ts";

/** What a list command asks, as the portal understands it. */
export interface Asked {
  above: number;
  upTo: number;
  descending: boolean;
}

export interface PaperPortalOptions {
  /** Rising ids of the list. */
  ids: readonly number[];
  /** Where the rows are: `items` with lower-case ids, or at the top with upper-case ones. */
  itemsKey?: string;
  idKey?: string;
  /** May change what one command of a list answers: fewer rows, an error, other rows. */
  answer?: (
    rows: unknown[],
    asked: Asked,
    command: number,
  ) => unknown[] | { error: string; error_description: string };
  /** May answer instead of the portal. */
  intercept?: (request: number) => Response | Error | undefined;
  secondsPerPage?: () => number;
}

export interface PaperPortal {
  fetch: typeof globalThis.fetch;
  requests: number;
  commands: number[];
  seconds: number[];
}

const PAGE = 50;

/**
 * The list and batch rules of a portal in one function, for faults that a well-behaved portal never shows:
 * commands run in turn, `$result[..]` stops at the deepest place it finds, a filter that is no number is ignored.
 */
export function createPaperPortal(options: PaperPortalOptions): PaperPortal {
  const { ids, itemsKey, idKey = "ID" } = options;
  const portal: PaperPortal = { fetch: async () => new Response(), requests: 0, commands: [], seconds: [] };

  const list = (query: Record<string, Parsed>, command: number) => {
    const filter = (query.filter ?? {}) as Record<string, Parsed>;
    const order = (query.order ?? {}) as Record<string, Parsed>;
    const bound = (name: string, absent: number) =>
      typeof filter[name] === "string" ? Number(filter[name]) : absent;
    const asked: Asked = {
      above: bound(`>${idKey}`, Number.NEGATIVE_INFINITY),
      upTo: bound(`<=${idKey}`, Number.POSITIVE_INFINITY),
      descending: order[idKey] === "DESC",
    };
    const found = ids.filter((id) => id > asked.above && id <= asked.upTo);
    const ordered = asked.descending ? found.reverse() : found;
    const rows = ordered
      .slice(0, PAGE)
      .map((id) => ({ [idKey]: itemsKey ? id : String(id), TITLE: `deal ${id}` }));
    return options.answer ? options.answer(rows, asked, command) : rows;
  };

  const resolve = (value: Parsed, results: Record<string, unknown>): Parsed => {
    if (typeof value !== "string") {
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolve(item, results)]));
    }
    const path = /^\$result((?:\[[^\]]*\])+)$/.exec(value)?.[1];
    if (path === undefined) return value;
    let at: unknown = results;
    for (const [, step = ""] of path.matchAll(/\[([^\]]*)\]/g)) {
      const below = (at as Record<string, unknown>)?.[step];
      if (below === undefined) break;
      at = below;
    }
    return typeof at === "number" ? String(at) : (at as Parsed);
  };

  portal.fetch = async (_input, init) => {
    portal.requests += 1;
    const instead = options.intercept?.(portal.requests);
    if (instead instanceof Error) throw instead;
    if (instead) return instead;
    const { cmd } = JSON.parse(String(init?.body)) as { cmd: Record<string, string> };
    const result: Record<string, unknown> = {};
    const errors: Record<string, unknown> = {};
    const times: Record<string, unknown> = {};
    let spent = 0;
    Object.entries(cmd).forEach(([name, text], command) => {
      const query = parseStr(text.slice(text.indexOf("?") + 1));
      const answer = list(resolve(query, result) as Record<string, Parsed>, command);
      const duration = options.secondsPerPage?.() ?? 0.1;
      spent += duration;
      if (!Array.isArray(answer)) errors[name] = answer;
      else result[name] = itemsKey ? { [itemsKey]: answer } : answer;
      times[name] = { start: 0, finish: 0, duration, processing: duration };
    });
    portal.commands.push(Object.keys(cmd).length);
    portal.seconds.push(spent);
    const time = { start: 0, finish: 0, duration: spent, processing: spent };
    const orEmpty = (map: object) => (Object.keys(map).length === 0 ? [] : map);
    return Response.json({
      result: {
        result: orEmpty(result),
        result_error: orEmpty(errors),
        result_total: [],
        result_next: [],
        result_time: orEmpty(times),
      },
      time,
    });
  };
  return portal;
}
