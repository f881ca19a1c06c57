import type { Clock } from "./clock.ts";
import { PortalError } from "./errors.ts";
import { type PageShape, type Row, requireRising, toId, toRows } from "./list-page.ts";
import { composeRequest, type ListQuestion, pageName, requireFreeId, TOP } from "./list-request.ts";
import { FIRST_WIDTH, PAGE_ROWS, pagesToAsk, smooth } from "./list-width.ts";
import { backoff } from "./retry.ts";
import type { BatchOptions, BatchOutcome, Command, ListOptions, ListPage } from "./types.ts";

export interface ListDeps {
  batch(commands: Record<string, Command>, options: BatchOptions): Promise<Record<string, BatchOutcome>>;
  clock: Clock;
  random: () => number;
  /** Seconds of a page by method; shared by the lists of one client. */
  pageSeconds: Map<string, number>;
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

/** The pages that one request brought, up to the first failed or short one. */
interface Taken {
  rows: Row[];
  short: boolean;
  failure?: PortalError | undefined;
}

function createReader<T>(deps: ListDeps, method: string, options: ListOptions) {
  const { idFrom = 0, itemsKey, idKey = "ID", rowIdKey = idKey } = options;
  const idTo = () => (typeof options.idTo === "function" ? options.idTo() : options.idTo);
  const max = Math.max(1, Math.min(50, Math.floor(options.maxCommands ?? 50)));
  const shape: PageShape = { method, idKey, rowIdKey, itemsKey, idTo: undefined };
  requireFreeId(options);
  const cursor: Cursor = { lastId: idFrom, rowsRead: 0, top: null, cap: max, failures: 0, stalls: 0 };
  const stopper = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stopper.signal]) : stopper.signal;

  const remaining = (): number | null => {
    if (cursor.top === null) return null;
    const density = Math.min(1, cursor.rowsRead / Math.max(1, cursor.lastId - idFrom));
    return Math.max(0, Math.round((cursor.top - cursor.lastId) * density));
  };

  /** While the end is not in sight, one command asks for it. */
  const plan = (): ListQuestion => {
    const upTo = idTo();
    // The highest id up to another bound is another one.
    if (upTo !== shape.idTo) cursor.top = null;
    shape.idTo = upTo;
    const span = upTo === undefined ? null : upTo - cursor.lastId;
    const wanted = pagesToAsk({
      max,
      cap: cursor.cap,
      pageSeconds: deps.pageSeconds.get(method),
      remaining: cursor.rowsRead === 0 ? null : remaining(),
      span,
    });
    // A full request that reaches the bound by its ids has no page to spare, and seldom needs the proof.
    const certain = wanted === max && span !== null && span <= max * PAGE_ROWS;
    const probing = (cursor.top === null || cursor.lastId >= cursor.top) && max > 1 && !certain;
    return { pages: probing && wanted === max ? wanted - 1 : wanted, probing, upTo, after: cursor.lastId };
  };

  const learn = (outcomes: Record<string, BatchOutcome>): number => {
    const top = outcomes[TOP];
    if (top?.ok) {
      cursor.top = Math.max(cursor.lastId, ...toRows(top.result, shape).map((row) => toId(row, shape)));
    }
    return learnPageSeconds(deps.pageSeconds, method, outcomes);
  };

  /** What follows a short page is worthless: its filter has no id to start from. */
  const take = (outcomes: Record<string, BatchOutcome>, pages: number): Taken => {
    const rows: Row[] = [];
    for (let index = 0; index < pages; index += 1) {
      const outcome = outcomes[pageName(index)];
      if (!outcome?.ok) return { rows, short: false, failure: outcome?.error };
      const page = toRows(outcome.result, shape);
      cursor.lastId = requireRising(page, cursor.lastId, shape);
      cursor.rowsRead += page.length;
      rows.push(...page);
      if (page.length < PAGE_ROWS) return { rows, short: true };
    }
    return { rows, short: false };
  };

  /** The end is where a short page reaches the highest id, or where nothing comes and no highest id is known. */
  const isEnd = ({ rows, short }: Taken): boolean => {
    if (cursor.lastId === shape.idTo) return true;
    if (!short) return false;
    return cursor.top === null ? rows.length === 0 : cursor.lastId >= cursor.top;
  };

  // Rows up to the highest id may have been deleted meanwhile: ask for it anew.
  const requireProgress = () => {
    cursor.top = null;
    cursor.stalls += 1;
    if (cursor.stalls <= MAX_STALLS) return;
    const detail = `${method}: the list ends at ${cursor.lastId}, but rows above it are announced`;
    throw new PortalError({ code: "portal_answer_invalid", method, detail });
  };

  const rest = async (error: unknown): Promise<void> => {
    if (!(error instanceof PortalError) || HOPELESS.has(error.code)) throw error;
    cursor.failures += 1;
    if (cursor.failures >= (isCertain(error) ? 2 : MAX_FAILURES)) throw error;
    const width = deps.pageSeconds.has(method) ? cursor.cap : Math.min(cursor.cap, FIRST_WIDTH);
    cursor.cap = Math.max(1, Math.floor(width / 2));
    options.onRetry?.(error);
    await deps.clock.sleep(backoff(cursor.failures, deps.random), signal);
  };

  /** One request. Without rows and not done: ask on. */
  const ask = async (onRetry: (error: PortalError) => void) => {
    const question = plan();
    const { priority = "background", onWait, maxWaitMs } = options;
    const outcomes = await deps.batch(composeRequest(method, options, question), {
      priority,
      signal,
      onRetry,
      // A request that breaks is not repeated as it was, but asked for less.
      attempts: 1,
      ...(onWait ? { onWait } : {}),
      ...(maxWaitMs === undefined ? {} : { maxWaitMs }),
    });
    const serverSeconds = learn(outcomes);
    const taken = take(outcomes, question.pages);
    if (taken.failure && taken.rows.length === 0) throw taken.failure;
    cursor.failures = 0;
    cursor.cap = taken.failure
      ? Math.max(1, Math.floor(question.pages / 2))
      : Math.min(max, Math.max(cursor.cap, question.pages * 2));
    const done = isEnd(taken);
    if (!done && taken.rows.length === 0) requireProgress();
    return { rows: taken.rows as T[], done, serverSeconds };
  };

  const next = async (): Promise<ListPage<T>> => {
    let requests = 0;
    let serverSeconds = 0;
    const onRetry = (error: PortalError) => {
      requests += 1;
      options.onRetry?.(error);
    };
    for (;;) {
      requests += 1;
      try {
        const { rows, done, serverSeconds: seconds } = await ask(onRetry);
        serverSeconds += seconds;
        if (!done && rows.length === 0) continue;
        const left = done ? 0 : remaining();
        return { rows, lastId: cursor.lastId, done, requests, serverSeconds, remaining: left };
      } catch (error) {
        await rest(error);
      }
    }
  };

  return { next, stop: () => stopper.abort(new Error("the list was left")) };
}

/** Failures that a smaller or later request will hardly change: tried once more, no oftener. */
const isCertain = (error: PortalError) =>
  error.outcome === "answered" ||
  error.retryAfter !== undefined ||
  (error.code === "portal_unreachable" && error.outcome === "refused");

/** Notes what a page of the method takes, and gives the seconds of all of them. */
function learnPageSeconds(
  known: Map<string, number>,
  method: string,
  outcomes: Record<string, BatchOutcome>,
): number {
  const times = Object.values(outcomes).flatMap((outcome) =>
    outcome.ok && outcome.time ? [outcome.time.duration] : [],
  );
  const sum = total(times);
  if (times.length === 0) return sum;
  // A rise within the request shows in its last pages only.
  const latest = times.slice(-LATEST_PAGES);
  known.set(method, smooth(known.get(method), Math.max(sum / times.length, total(latest) / latest.length)));
  return sum;
}
