import {
  type B24Client,
  createClient,
  type Entity,
  type EntityStatus,
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
}

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

  async function answer(url: URL, init: RequestInit): Promise<Response> {
    asked.push(`${init.method} ${url.pathname}`);
    const { status } = options;
    const [, action, entity = ""] = /\/sync\/(start|cancel)\/(\w+)/.exec(url.pathname) ?? [];
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
    if (action === "start") return started(entity, String(init.body));
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

/** An entity's status; last completed five minutes ago, next in twenty-five, unless told otherwise. */
export function statusOf(entity: Entity, part: Partial<EntityStatus> = {}): EntityStatus {
  const rows = { deal: 10_000, contact: 4000, lead: 2001, company: 1500 }[entity];
  return {
    entity,
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
