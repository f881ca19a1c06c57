import type { ErrorCode } from "@b24kit/client/contract";
import type { PortalError } from "./errors.ts";
import type { LimiterState } from "./limiter.ts";

export type Priority = "interactive" | "background";

/** The `time` block of an answer. Seconds; `operating…` only where the portal counts the load. */
export interface PortalTime {
  start: number;
  finish: number;
  duration: number;
  processing: number;
  /** ISO 8601 with the portal's own offset. */
  dateStart: string;
  dateFinish: string;
  /** Seconds that this method has run for this credential in the last ten minutes. */
  operating?: number;
  /** Unix time when the oldest counted minute is forgotten. */
  operatingResetAt?: number;
}

export interface Answer<T> {
  result: T;
  total?: number;
  next?: number;
  time: PortalTime | null;
}

/** What became of one command of a batch. `skipped`: an earlier command failed under `halt`. */
export type BatchOutcome<T = unknown> =
  | ({ ok: true } & Answer<T>)
  | { ok: false; error: PortalError; skipped: boolean };

export interface Command {
  method: string;
  /** Values may hold a `reference()` to an earlier command's answer. */
  params?: Readonly<Record<string, unknown>>;
}

/** Called when a limit holds a call back; `until` is in milliseconds since the epoch. */
export type OnWait = (reason: ErrorCode, until: number) => void;

export interface WaitOptions {
  signal?: AbortSignal;
  /** Default `interactive`. Background calls leave a reserve of the request limit to interactive ones. */
  priority?: Priority;
  onWait?: OnWait;
  /** A longer wait for a limit becomes an error with `retryAfter` instead. Default: 20 s interactive, endless background. */
  maxWaitMs?: number;
  /** Called before each repetition with what went wrong. */
  onRetry?: (error: PortalError) => void;
}

export interface CallOptions extends WaitOptions {
  /** The caller vouches that carrying the call out twice does no harm. */
  idempotent?: boolean;
  /** Called when the limits have let the request through, before each time it is sent; what it throws keeps it back. */
  beforeSend?: () => Promise<void>;
  /** Ends a wait for a limit only: what is on its way is awaited. */
  waitSignal?: AbortSignal;
}

export interface BatchOptions extends CallOptions {
  /** Stop at the first command that fails. */
  halt?: boolean;
  /** Tries when the portal breaks off or answers nonsense. */
  attempts?: number;
}

export interface ListOptions extends WaitOptions {
  select?: readonly string[];
  filter?: Readonly<Record<string, unknown>>;
  /** Other parameters of the method (`entityTypeId`, `useOriginalUfNames`…). */
  params?: Readonly<Record<string, unknown>>;
  /** Reads rows with ids above this one: the `lastId` of the page before. Default 0. */
  idFrom?: number;
  /** Reads rows up to and with this id; a function is asked before each request: the end may come nearer meanwhile. */
  idTo?: number | (() => number);
  /** Name of the id: `ID` (default), or `id` for item lists. */
  idKey?: string;
  /** What rows call the id, where that is not what filters call it. */
  rowIdKey?: string;
  /** The method takes `FILTER`, `SORT` and `ORDER` side by side, and nothing to select. */
  flat?: boolean;
  /** Where the rows are when the result is a map: `items` for `crm.item.list`. */
  itemsKey?: string;
  /** Pages of 50 rows in one request, 1 to 50. Default 50. */
  maxCommands?: number;
  /** 1: ask for the next page while the caller works on this one. Default 0. */
  prefetch?: 0 | 1;
}

/** What one HTTP request of a list has brought: up to 2,500 rows, ordered by id. */
export interface ListPage<T> {
  rows: T[];
  /** Highest id read so far; give it as `idFrom` to go on from here. */
  lastId: number;
  /** Nothing is left to read. The last page of every list has it set; it may have no rows. */
  done: boolean;
  /** HTTP requests that this page took, failed ones included. */
  requests: number;
  /** Seconds the portal worked for this page. */
  serverSeconds: number;
  /** Rows that are likely left after this page; null while unknown. */
  remaining: number | null;
}

export interface PortalClient {
  readonly portalId: number;
  /** Host of the portal, with its port where it is unusual; follows a renamed portal. */
  readonly host: string;
  call<T = unknown>(
    method: string,
    params?: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<Answer<T>>;
  /** Up to 50 commands in one request; a failed command does not reject, it is in its outcome. */
  batch(
    commands: Readonly<Record<string, Command>>,
    options?: BatchOptions,
  ): Promise<Record<string, BatchOutcome>>;
  /** Reads a list of any length by ids. Requests go out only when a page is pulled. */
  list<T = Record<string, unknown>>(method: string, options?: ListOptions): AsyncIterable<ListPage<T>>;
  /** What of the portal's limits is used up; asks our own books only. */
  limits(): Promise<LimiterState>;
}

/** The few words this room says; pino fits. */
export interface PortalLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
