import { reference } from "./batch.ts";
import type { Clock } from "./clock.ts";
import { PortalError } from "./errors.ts";
import { type PageShape, type Row, requireRising, toId, toRows } from "./list-page.ts";
import { PAGE_ROWS, pagesToAsk, smooth } from "./list-width.ts";
import type { Redactor } from "./redact.ts";
import { backoff } from "./retry.ts";
import type { BatchOptions, BatchOutcome, Command, ListOptions, ListPage } from "./types.ts";

export interface ListDeps {
  batch(commands: Record<string, Command>, options: BatchOptions): Promise<Record<string, BatchOutcome>>;
  clock: Clock;
  random: () => number;
  /** Seconds of a page by method; shared by the lists of one client. */
  pageSeconds: Map<string, number>;
  redact: Redactor;
}

/** What one list knows between its requests. */
interface Cursor {
  lastId: number;
  rowsRead: number;
  /** Highest id that the list had when it was last asked; null while unknown. */
  top: number | null;
  cap: number;
  failures: number;
  /** Requests that were answered but brought nothing although more must be there. */
  stalls: number;
}

/** Requests in a row that bring nothing before the list gives up. */
const MAX_FAILURES = 8;
const MAX_STALLS = 3;
const HOPELESS = new Set([
  "insufficient_scope",
  "portal_access_denied",
  "portal_method_missing",
  "portal_credential_rejected",
  "portal_token_expired",
  "portal_user_inactive",
  "portal_plan_required",
  "portal_blocked",
  "portal_answer_invalid",
  "invalid_parameter",
]);

const LATEST_PAGES = 5;

const total = (times: readonly number[]) => times.reduce((sum, seconds) => sum + seconds, 0);
const pageName = (index: number) => `p${index}`;
const TOP = "top";

/**
 * Reads a list by ids: one request is a batch of pages, each of which starts after the last id of the one before,
 * so that the portal neither counts nor skips rows, and rows that change meanwhile are neither doubled nor lost.
 */
export async function* readList<T>(
  deps: ListDeps,
  method: string,
  options: ListOptions,
): AsyncGenerator<ListPage<T>> {
  const reader = createReader<T>(deps, method, options);
  let ahead: Promise<ListPage<T>> | null = null;
  try {
    for (;;) {
      const page: ListPage<T> = await (ahead ?? reader.next());
      ahead = null;
      if (options.prefetch && !page.done) {
        ahead = reader.next();
        // Whoever pulls next sees the failure; until then it is not unhandled.
        ahead.catch(() => {});
      }
      yield page;
      if (page.done) return;
    }
  } finally {
    reader.stop();
  }
}

function createReader<T>(deps: ListDeps, method: string, options: ListOptions) {
  const { idKey = "ID", idFrom = 0, idTo, itemsKey, filter = {} } = options;
  const max = Math.max(1, Math.min(50, Math.floor(options.maxCommands ?? 50)));
  const shape: PageShape = { method, idKey, itemsKey, idTo };
  requireFreeId(filter, idKey);
  const cursor: Cursor = { lastId: idFrom, rowsRead: 0, top: null, cap: max, failures: 0, stalls: 0 };
  const stopper = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stopper.signal]) : stopper.signal;

  const bounds = (after: unknown) => ({
    ...filter,
    [`>${idKey}`]: after,
    ...(idTo === undefined ? {} : { [`<=${idKey}`]: idTo }),
  });
  const pathToLast = [...(itemsKey === undefined ? [] : [itemsKey]), PAGE_ROWS - 1, idKey];
  const command = (
    after: unknown,
    order: "ASC" | "DESC",
    select: readonly string[] | undefined,
  ): Command => ({
    method,
    params: {
      ...options.params,
      ...(select ? { select } : {}),
      filter: bounds(after),
      order: { [idKey]: order },
      start: -1,
    },
  });
  const select = options.select && [...new Set([idKey, ...options.select])];

  const remaining = (): number | null => {
    if (cursor.top === null) return null;
    const density = Math.min(1, cursor.rowsRead / Math.max(1, cursor.lastId - idFrom));
    return Math.max(0, Math.round((cursor.top - cursor.lastId) * density));
  };

  /** Chained pages, and while the end is not in sight the highest id of all. */
  const compose = (): Record<string, Command> => {
    const pages = pagesToAsk({
      max,
      cap: cursor.cap,
      pageSeconds: deps.pageSeconds.get(method),
      remaining: cursor.rowsRead === 0 ? null : remaining(),
      span: idTo === undefined ? null : idTo - cursor.lastId,
    });
    const probing = (cursor.top === null || cursor.lastId >= cursor.top) && max > 1;
    const width = probing && pages === max ? pages - 1 : pages;
    const commands: Record<string, Command> = {};
    for (let index = 0; index < width; index += 1) {
      const after = index === 0 ? cursor.lastId : reference(pageName(index - 1), ...pathToLast);
      commands[pageName(index)] = command(after, "ASC", select);
    }
    if (probing) commands[TOP] = command(cursor.lastId, "DESC", [idKey]);
    return commands;
  };

  const learnTop = (outcome: BatchOutcome | undefined) => {
    if (!outcome?.ok) return;
    const ids = toRows(outcome.result, shape).map((row) => toId(row, shape));
    cursor.top = Math.max(cursor.lastId, ...ids);
  };

  const learnTime = (outcomes: Record<string, BatchOutcome>): number => {
    const times = Object.values(outcomes).flatMap((outcome) =>
      outcome.ok && outcome.time ? [outcome.time.duration] : [],
    );
    const sum = total(times);
    if (times.length > 0) {
      // A rise within the request shows in its last pages only.
      const latest = times.slice(-LATEST_PAGES);
      const seconds = Math.max(sum / times.length, total(latest) / latest.length);
      deps.pageSeconds.set(method, smooth(deps.pageSeconds.get(method), seconds));
    }
    return sum;
  };

  /** Takes the good pages up to the first failed or short one. What follows a short page is worthless: discarded. */
  const accept = (outcomes: Record<string, BatchOutcome>, width: number) => {
    const rows: Row[] = [];
    for (let index = 0; index < width; index += 1) {
      const outcome = outcomes[pageName(index)];
      if (!outcome?.ok) return { rows, short: false, failure: outcome?.error };
      const page = toRows(outcome.result, shape);
      cursor.lastId = requireRising(page, cursor.lastId, shape);
      cursor.rowsRead += page.length;
      rows.push(...page);
      if (page.length < PAGE_ROWS) return { rows, short: true, empty: rows.length === 0 };
    }
    return { rows, short: false };
  };

  /** The end is where a short page reaches the highest id, or where nothing comes and nothing is known above. */
  const isEnd = (taken: { short: boolean; empty?: boolean }): boolean => {
    if (cursor.lastId === idTo) return true;
    if (!taken.short) return false;
    if (cursor.top !== null) return cursor.lastId >= cursor.top;
    return taken.empty === true;
  };

  const onFailure = async (error: unknown): Promise<void> => {
    if (!(error instanceof PortalError) || HOPELESS.has(error.code)) throw error;
    cursor.failures += 1;
    const certain =
      error.outcome === "answered" || error.retryAfter !== undefined || isConnectionRefused(error);
    if (cursor.failures >= MAX_FAILURES || (certain && cursor.failures > 1)) throw error;
    cursor.cap = Math.max(1, Math.floor(Math.min(cursor.cap, deps.pageSeconds.has(method) ? max : 12) / 2));
    options.onRetry?.(error);
    await deps.clock.sleep(backoff(cursor.failures, deps.random), signal);
  };

  const next = async (): Promise<ListPage<T>> => {
    let requests = 0;
    let serverSeconds = 0;
    for (;;) {
      const commands = compose();
      const width = Object.keys(commands).length - (TOP in commands ? 1 : 0);
      requests += 1;
      try {
        const onRetry = (error: PortalError) => {
          requests += 1;
          options.onRetry?.(error);
        };
        const outcomes = await deps.batch(commands, { ...waiting(options), signal, attempts: 1, onRetry });
        serverSeconds += learnTime(outcomes);
        learnTop(outcomes[TOP]);
        const taken = accept(outcomes, width);
        if (taken.failure && taken.rows.length === 0) throw taken.failure;
        cursor.failures = 0;
        cursor.cap = taken.failure
          ? Math.max(1, Math.floor(width / 2))
          : Math.min(max, Math.max(cursor.cap, width * 2));
        const done = isEnd(taken);
        if (!done && taken.rows.length === 0) requireProgress();
        else
          return {
            rows: taken.rows as T[],
            lastId: cursor.lastId,
            done,
            requests,
            serverSeconds,
            remaining: done ? 0 : remaining(),
          };
      } catch (error) {
        await onFailure(error);
      }
    }
  };

  // The rows up to the highest id may have been deleted meanwhile: ask again, anew.
  const requireProgress = () => {
    cursor.top = null;
    cursor.stalls += 1;
    if (cursor.stalls <= MAX_STALLS) return;
    const detail = `${method}: the list ends at ${cursor.lastId}, but rows above it are announced`;
    throw new PortalError({ code: "portal_answer_invalid", method, detail });
  };

  return { next, stop: () => stopper.abort(new Error("the list was left")) };
}

const isConnectionRefused = (error: PortalError) =>
  error.code === "portal_unreachable" && error.outcome === "refused";

const waiting = ({ priority = "background", onWait, maxWaitMs }: ListOptions): BatchOptions => ({
  priority,
  ...(onWait ? { onWait } : {}),
  ...(maxWaitMs === undefined ? {} : { maxWaitMs }),
});

function requireFreeId(filter: Readonly<Record<string, unknown>>, idKey: string) {
  const taken = Object.keys(filter).find(
    (name) => /^[<>]=?/.test(name) && name.replace(/^[<>]=?/, "").toUpperCase() === idKey.toUpperCase(),
  );
  if (taken) throw new RangeError(`The list sets "${taken}" itself: use idFrom and idTo`);
}
