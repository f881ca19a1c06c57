import {
  type B24Client,
  createClient,
  type Entity,
  type EntityStatus,
  type Label,
  type PortalLimits,
  type RunLogEntry,
  type SyncConfig,
  type SyncRun,
  type SyncStatus,
} from "@b24kit/client";
import { ERRORS, type ErrorCode } from "@b24kit/client/contract";

export interface SyncApi {
  client: B24Client;
  /** Everything that was asked of the API: method and path. */
  asked: string[];
  /** Sends a change to whoever is subscribed. */
  emit(change: EntityStatus): void;
  /** Breaks the live connection for good. */
  drop(): void;
}

export interface SyncApiOptions {
  /** A status, an error code, "silent" (never answers) or "unreachable". */
  status: SyncStatus | ErrorCode | "silent" | "unreachable";
  rights?: string[];
  /** What starting a run answers; a new queued run by default. */
  start?: ErrorCode;
  limits?: PortalLimits;
  /** What `<b24-sync-details>` reads: runs, newest first, with what each had to say. */
  runs?: SyncRun[] | ErrorCode | "silent";
  log?: Entry[] | ErrorCode | "silent";
  config?: Partial<SyncConfig>;
  configure?: ErrorCode;
}

type Entry = Pick<RunLogEntry, "code" | "details"> & Partial<RunLogEntry>;

function problem(code: ErrorCode, detail = "sample"): Response {
  const [status, title, remedy] = ERRORS[code];
  const body = { type: `/docs#${code}`, code, title, status, detail, remedy, requestId: "req-7f3a" };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json" } });
}

const never = (signal: AbortSignal | null | undefined) =>
  new Promise<Response>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

/** The real client over an API of ready answers; live changes come over an event stream made in the page. */
export function syncApi(options: SyncApiOptions): SyncApi {
  const asked: string[] = [];
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  let dropped = false;
  let seq = 100;
  const write = (to: ReadableStreamDefaultController<Uint8Array>, frame: object) =>
    to.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(frame)}\n\n`));

  function live(): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        own = controller;
        streams.add(own);
        write(own, { type: "snapshot", topic: "sync", seq, data: options.status });
      },
      cancel: () => void streams.delete(own),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  function started(entity: string, body: string): Response {
    if (options.start) return problem(options.start, "sync:run");
    const type = JSON.parse(body).sync_type;
    return Response.json(
      runOf(entity as Entity, { id: ++seq, type, state: "queued", startedAt: null, rowsRead: 0 }),
      {
        status: 202,
      },
    );
  }

  const settle = <T>(outcome: T | ErrorCode | "silent", init: RequestInit, toBody: (value: T) => object) =>
    outcome === "silent"
      ? never(init.signal)
      : typeof outcome === "string"
        ? problem(outcome as ErrorCode)
        : Response.json(toBody(outcome as T));

  /** What lies below a row: limits, runs, logs, schedules. */
  function below(url: URL, init: RequestInit): Promise<Response> | Response | undefined {
    const { pathname, searchParams } = url;
    const limit = Number(searchParams.get("limit") ?? 20);
    const before = Number(searchParams.get("before") ?? Number.POSITIVE_INFINITY);
    if (pathname.endsWith("/limits")) return Response.json(options.limits ?? idleLimits);
    if (pathname.endsWith("/log"))
      return settle(options.log ?? sampleLog, init, (entries) => ({
        run: runOf("deal"),
        entries: entries.map(entryOf),
      }));
    if (pathname.endsWith("/runs"))
      return settle(options.runs ?? sampleRuns(), init, (runs) => ({
        runs: runs.filter(({ id }) => id < before).slice(0, limit),
      }));
    if (!pathname.endsWith("/config")) return undefined;
    if (init.method === "PUT")
      return options.configure
        ? problem(options.configure)
        : Response.json(configOf(JSON.parse(String(init.body))));
    const entities = typeof options.status === "string" ? sampleStatus().entities : options.status.entities;
    return Response.json(entities.map(({ entity }) => configOf({ entity_type: entity, ...options.config })));
  }

  async function answer(url: URL, init: RequestInit): Promise<Response> {
    asked.push(`${init.method} ${url.pathname}`);
    const { status } = options;
    const [, action, entity = ""] =
      /\/sync\/(start|cancel|pause|resume|reconcile)\/(\w+)/.exec(url.pathname) ?? [];
    if (url.pathname.endsWith("/session"))
      return Response.json({
        kind: "user",
        subject: "u1",
        rights: options.rights ?? ["data:read", "sync:run"],
      });
    if (status === "silent") return never(init.signal);
    if (status === "unreachable" || (dropped && url.pathname.endsWith("/events")))
      throw new TypeError("Failed to fetch");
    if (typeof status === "string") return problem(status);
    const more = below(url, init);
    if (more) return more;
    if (action === "start" || action === "reconcile")
      return started(entity, action === "start" ? String(init.body) : '{"sync_type":"reconcile"}');
    if (action === "pause" || action === "resume") {
      const one = status.entities.find((each) => each.entity === entity)!;
      const run = runOf(entity as Entity, { ...one.run, state: action === "pause" ? "paused" : "queued" });
      return Response.json({ ...one, run });
    }
    if (action === "cancel") return Response.json(cancelled(status, entity as Entity));
    return url.pathname.endsWith("/events") ? live() : Response.json(status);
  }

  const client = createClient({
    baseUrl: "https://api.example",
    getToken: () => "sample",
    WebSocket: null,
    fetch: (input, init) => answer(new URL(String(input)), init ?? {}),
  });
  return {
    client,
    asked,
    emit: (data) => {
      for (const stream of streams) write(stream, { type: "change", topic: "sync", seq: ++seq, data });
    },
    drop() {
      dropped = true;
      for (const stream of streams) stream.close();
      streams.clear();
    },
  };
}

function cancelled(status: SyncStatus, entity: Entity): EntityStatus {
  const one = status.entities.find((each) => each.entity === entity)!;
  return {
    ...one,
    run: runOf(entity, { ...one.run, state: "cancelled", finishedAt: new Date().toISOString() }),
  };
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

/** A run; a completed full one of 12 seconds unless told otherwise. */
export function runOf(entity: Entity, part: Partial<SyncRun> = {}): SyncRun {
  return {
    id: 41,
    entity,
    type: "full",
    state: "completed",
    createdAt: ago(313),
    startedAt: ago(312),
    finishedAt: part.state && part.state !== "completed" ? null : ago(300),
    rowsRead: 10_000,
    rowsWritten: 120,
    rowsExpected: 10_000,
    rate: null,
    secondsLeft: null,
    requests: 5,
    retries: 0,
    resumed: 0,
    waitingUntil: null,
    error: null,
    ...part,
  };
}

const LABELS: Record<string, Label> = {
  deal: { ru: "Сделки", en: "Deals" },
  contact: { ru: "Контакты", en: "Contacts" },
  lead: { ru: "Лиды", en: "Leads" },
  company: { ru: "Компании", en: "Companies" },
  user: { ru: "Сотрудники", en: "Employees" },
  department: { ru: "Отделы", en: "Departments" },
  status: { ru: "Справочники и стадии", en: "Dictionaries and stages" },
  task: { ru: "Задачи", en: "Tasks" },
  call: { ru: "Звонки", en: "Calls" },
  stage_history: { ru: "История стадий сделок", en: "Deal stage history" },
  lead_stage_history: { ru: "История стадий лидов", en: "Lead stage history" },
  product_row: { ru: "Товары в сделках", en: "Products of deals" },
  dynamic_128: { ru: "Заявки на ремонт", en: "Заявки на ремонт" },
  dynamic_131: { ru: "Смарт-процесс 131", en: "Smart process 131" },
};

/** An entity's status; last completed five minutes ago, next in twenty-five, unless told otherwise. */
export function statusOf(entity: Entity, part: Partial<EntityStatus> = {}): EntityStatus {
  const rows =
    ({ deal: 10_000, contact: 4000, lead: 2001, company: 1500 } as Record<string, number>)[entity] ?? 320;
  return {
    entity,
    label: LABELS[entity] ?? { ru: entity, en: entity },
    rows,
    run: runOf(entity, { rowsRead: rows, rowsExpected: rows }),
    lastCompletedAt: ago(300),
    nextRunAt: ago(-1500),
    ...part,
  };
}

/** The whole status, with what differs from quiet success. */
export function sampleStatus(parts: Partial<Record<Entity, Partial<EntityStatus>>> = {}): SyncStatus {
  const entities: Entity[] = ["deal", "contact", "lead", "company"];
  return {
    portal: "romashka.bitrix24.ru",
    entities: entities.map((entity) => statusOf(entity, parts[entity])),
  };
}

/** A first load under way. */
export const loading: Partial<EntityStatus> = {
  rows: 4200,
  lastCompletedAt: null,
  nextRunAt: null,
  run: runOf("deal", {
    state: "running",
    rowsRead: 4200,
    rowsWritten: 4200,
    rate: 850,
    secondsLeft: 7,
    requests: 2,
    finishedAt: null,
  }),
};

const idleLimits: PortalLimits = {
  requests: { used: 3, most: 50, perSecond: 2 },
  billing: "inner",
  operating: [],
};

/** Limits as a large load uses them. */
export const busyLimits: PortalLimits = {
  requests: { used: 41.6, most: 50, perSecond: 2 },
  billing: "inner",
  operating: [
    { method: "crm.deal.list", seconds: 352.4, budget: 384, parkedUntil: null },
    { method: "crm.contact.list", seconds: 48.1, budget: 384, parkedUntil: null },
    { method: "crm.lead.list", seconds: 12, budget: 384, parkedUntil: null },
  ],
};

const configOf = (part: Partial<SyncConfig>): SyncConfig => ({
  entity_type: "deal",
  enabled: true,
  sync_interval_minutes: 30,
  webhook_enabled: true,
  contract: "evolve",
  ...part,
});

const entryOf = (entry: Entry, i: number): RunLogEntry => ({
  id: i + 1,
  at: ago(300 - i * 4),
  level: "info",
  ...entry,
});

/** Everything that runs are known to say. */
export const sampleLog: Entry[] = [
  { code: "run_queued", details: { type: "full", cause: "schedule" } },
  { code: "run_started", details: { type: "full" } },
  { code: "field_added", details: { column: "uf_crm_1721244482250" } },
  {
    code: "field_retyped",
    level: "warning",
    details: { column: "uf_crm_area", keptAs: "uf_crm_area__old_1" },
  },
  { code: "fields_left_out", level: "warning", details: { count: 2 } },
  {
    code: "dictionary_skipped",
    level: "warning",
    details: { dictionary: "departments", code: "insufficient_scope" },
  },
  { code: "run_planned", details: { rows: 12_745, partitions: 3, everything: true } },
  { code: "run_waiting", details: { until: "2026-05-12T11:05:00Z" } },
  { code: "run_retried", level: "warning", details: { code: "portal_unreachable", detail: "", times: 2 } },
  { code: "run_paused", details: {} },
  { code: "run_unpaused", details: {} },
  { code: "run_resumed", details: { type: "full" } },
  { code: "values_quarantined", level: "warning", details: { count: 3 } },
  { code: "deletes_found", details: { count: 25 } },
  { code: "deletes_withheld", level: "warning", details: { count: 1800 } },
  { code: "records_unread", level: "warning", details: { ranges: 1 } },
  { code: "reconciled", details: { source: 12_745, mirror: 12_745 } },
  {
    code: "run_completed",
    details: { read: 12_745, written: 120, requests: 7, serverSeconds: 25.4, seconds: 12 },
  },
  { code: "run_failed", level: "error", details: { code: "insufficient_scope", detail: "crm" } },
  { code: "run_cancelled", details: {} },
  { code: "something_new", details: { of: "a later version" } },
];

/** Eight runs in every state, newest first. */
export function sampleRuns(): SyncRun[] {
  const day = 86_400;
  const at = (i: number) => ({
    createdAt: ago(i * day + 20),
    startedAt: ago(i * day + 18),
    finishedAt: ago(i * day),
  });
  const error = { code: "portal_unreachable", detail: "connect ETIMEDOUT" } as const;
  const parts: Partial<SyncRun>[] = [
    { type: "reconcile", rowsRead: 0, rowsWritten: 0, requests: 1 },
    { type: "incremental", rowsRead: 12, rowsWritten: 9, requests: 1 },
    { type: "incremental", state: "failed", rowsRead: 0, rowsWritten: 0, retries: 4, error },
    { type: "incremental", state: "cancelled", rowsRead: 3, rowsWritten: 3, requests: 1 },
    { type: "full", rowsRead: 12_745, rowsWritten: 12_745, requests: 7, retries: 1 },
    { type: "incremental", rowsRead: 0, rowsWritten: 0, requests: 1 },
    { type: "incremental", rowsRead: 1, rowsWritten: 1, requests: 1 },
    { type: "full", rowsRead: 12_000, rowsWritten: 12_000, requests: 6 },
  ];
  return parts.map((part, i) => runOf("deal", { ...at(i), id: 40 - i, ...part }));
}

/** A portal with more kinds of data than fit a glance. */
export function manyStatus(parts: Record<string, Partial<EntityStatus>> = {}): SyncStatus {
  const names = [
    ...["deal", "contact", "lead", "company", "stage_history", "lead_stage_history", "product_row", "task"],
    ...["call", "user", "department", "status", "dynamic_128", "dynamic_131"],
  ];
  return {
    portal: "romashka.bitrix24.ru",
    entities: names.map((name) => statusOf(name, parts[name])),
  };
}
