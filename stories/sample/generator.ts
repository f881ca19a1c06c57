import {
  type B24Client,
  createClient,
  type GeneratorChange,
  type GeneratorEntity,
  type GeneratorLogEntry,
  type GeneratorPreview,
  type GeneratorRun,
  type GeneratorStatus,
} from "@b24kit/client";
import { ERRORS, type ErrorCode } from "@b24kit/client/contract";
import { type Table, tableToIPC } from "@uwdata/flechette";
import { Utf8 } from "apache-arrow";
import { AS_OF, type SampleColumn, sampleTable } from "./deals.ts";

/** Companies of a run with their contacts, as the query of the results gives them. */
function sampleResults(): Table {
  const text = (name: string, ru: string, en: string, values: string[]): SampleColumn => ({
    ...{ name, type: new Utf8(), values, label: { ru, en }, kind: "text" },
  });
  const columns = [
    text("company", "Компания", "Company", [
      "ООО «СеверСтрой»",
      "ООО «СеверСтрой»",
      "АО «ВолгаТранс»",
      "ИП Лебедева А. С.",
    ]),
    text("contact", "Контакт", "Contact", [
      "Орлов Пётр Ильич",
      "Белова Анна Сергеевна",
      "Гусев Олег Павлович",
      "Лебедева Алина Сергеевна",
    ]),
    text("post", "Должность", "Post", ["Инженер", "Бухгалтер", "Логист", "Директор"]),
  ];
  return sampleTable(
    columns,
    { ru: "Созданные компании и контакты", en: "Companies and contacts made" },
    AS_OF,
  );
}

const arrow = (table: Table) =>
  new Response(tableToIPC(table, { format: "stream" }) as Uint8Array<ArrayBuffer>, {
    headers: { "content-type": "application/vnd.apache.arrow.stream" },
  });

export interface GeneratorApiOptions {
  /** A status, an error code, or "silent" (never answers). */
  status: GeneratorStatus | ErrorCode | "silent";
  rights?: string[];
  /** The run is of the tab that looks at it. */
  own?: boolean;
  /** What starting a run answers; a new running run by default. */
  start?: ErrorCode;
}

export interface GeneratorApi {
  client: B24Client;
  /** Everything that was asked of the API: method, path and body. */
  asked: string[];
  /** Sends a change to whoever is subscribed. */
  emit(change: GeneratorChange): void;
}

function problem(code: ErrorCode): Response {
  const [status, title, remedy] = ERRORS[code];
  const body = {
    type: `/docs#${code}`,
    code,
    title,
    status,
    detail: "sample",
    remedy,
    requestId: "req-7f3a",
  };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json" } });
}

/** The real client over an API of ready answers; live changes come over an event stream made in the page. */
export function generatorApi(options: GeneratorApiOptions): GeneratorApi {
  const asked: string[] = [];
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  let seq = 100;
  const write = (to: ReadableStreamDefaultController<Uint8Array>, frame: object) =>
    to.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(frame)}\n\n`));

  function live(url: URL): Response {
    const [subscription] = JSON.parse(url.searchParams.get("subscriptions") ?? "[]");
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        own = controller;
        streams.add(own);
        write(own, {
          type: "snapshot",
          topic: "generator",
          seq,
          data: pictureFor(options, subscription?.session),
        });
      },
      cancel: () => void streams.delete(own),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }

  async function answer(url: URL, init: RequestInit): Promise<Response> {
    const path = url.pathname.replace("/api/v1", "");
    asked.push([init.method, path, init.body ?? ""].join(" ").trim());
    const { status } = options;
    if (path === "/session")
      return Response.json({
        kind: "user",
        subject: "u1",
        rights: options.rights ?? ["data:read", "generator:run"],
      });
    if (status === "silent")
      return new Promise((_, reject) =>
        init.signal?.addEventListener("abort", () => reject(init.signal?.reason)),
      );
    if (typeof status === "string") return problem(status);
    if (path === "/events") return live(url);
    if (path === "/queries/generator-results") return arrow(sampleResults());
    if (path.startsWith("/queries/")) return problem("unknown_query");
    if (path === "/generator/preview") return Response.json(samplePreview);
    if (path === "/generator/runs") {
      if (options.start) return problem(options.start);
      const session = JSON.parse(String(init.body)).session_id;
      return Response.json(generationOf({ id: uuid(9), state: "queued", session }), { status: 202 });
    }
    if (path.endsWith("/stop")) return Response.json({ ...status.run, state: "stopping" });
    if (path.endsWith("/resume")) return Response.json({ ...status.run, state: "queued" }, { status: 202 });
    if (path.endsWith("/undo")) return Response.json({ ...status.run, state: "undoing" }, { status: 202 });
    if (/\/runs\/[\w-]+$/.test(path))
      return Response.json({ run: status.run, log: [], failures: sampleFailures });
    return Response.json(status);
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
      for (const stream of streams) write(stream, { type: "change", topic: "generator", seq: ++seq, data });
    },
  };
}

function pictureFor({ status, own = false }: GeneratorApiOptions, session: string) {
  if (!own || typeof status === "string" || !status.run) return status;
  return { ...status, run: { ...status.run, session } };
}

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

/** A run; a completed one of a hundred companies and contacts unless told otherwise. */
export function generationOf(
  part: Partial<GeneratorRun> = {},
  made: Partial<Record<GeneratorEntity, number>> = {},
  failed = 0,
): GeneratorRun {
  const planned = { company: 100, contact: 100, lead: 0, deal: 0 };
  const done =
    part.state === undefined || part.state === "completed"
      ? planned
      : { company: 0, contact: 0, lead: 0, deal: 0 };
  const counts = Object.fromEntries(
    (["company", "contact", "lead", "deal"] as const).map((entity) => [
      entity,
      {
        planned: planned[entity],
        created: made[entity] ?? done[entity],
        failed: entity === "contact" ? failed : 0,
      },
    ]),
  ) as GeneratorRun["counts"];
  const active = ["queued", "running", "held", "stopping", "undoing"].includes(part.state ?? "completed");
  return {
    id: uuid(1),
    state: "completed",
    session: "a1b2c3d4e5f60718",
    plan: { counts: planned, locale: "ru", seed: 20_261_128 },
    counts,
    linked: counts.contact?.created ?? 0,
    rate: null,
    secondsLeft: null,
    underWay: 0,
    requests: 12,
    resumed: 0,
    createdAt: ago(400),
    startedAt: ago(400),
    finishedAt: active ? null : ago(300),
    waitingUntil: null,
    heldUntil: null,
    reason: null,
    error: null,
    undone: null,
    ...part,
  };
}

/** The log of a run in the seed's order of words. */
export function sampleLog(more: [string, Record<string, unknown>][] = []): GeneratorLogEntry[] {
  const session = "a1b2c3d4e5f60718";
  const words: [string, Record<string, unknown>][] = [
    ["generation_started", { session }],
    ["entity_started", { entity: "company", count: 100 }],
    ["batch_started", { entity: "company", from: 1, to: 20 }],
    ["batch_started", { entity: "company", from: 21, to: 40 }],
    ["entity_started", { entity: "contact", count: 100 }],
    ["batch_started", { entity: "contact", from: 1, to: 20 }],
    ...more,
  ];
  return words.map(([code, details], at) => ({
    id: at + 1,
    at: ago(390 - at),
    level: code === "generation_cancelled" ? "warning" : "info",
    code,
    details,
  }));
}

/** What a person sees: a run, or none yet. */
export function generatorStatus(
  run: GeneratorRun | null = null,
  more: { log?: GeneratorLogEntry[]; before?: GeneratorRun[] } = {},
): GeneratorStatus {
  return {
    portal: "romashka.bitrix24.ru",
    portalUrl: "https://romashka.bitrix24.ru",
    defaults: { companies: 100, contacts: 100 },
    run,
    log: more.log ?? (run ? sampleLog() : []),
    runs: run ? [run, ...(more.before ?? [])] : [],
  };
}

export const samplePreview: GeneratorPreview = {
  plan: { counts: { company: 100, contact: 100, lead: 0, deal: 0 }, locale: "ru", seed: 20_261_128 },
  links: { contacts: 100, several: 19 },
  requests: 13,
  seconds: 0,
  samples: [
    {
      entity: "company",
      title: "ООО «УралТрейд»",
      lines: [
        "ИНН 7604255815, КПП 760401001, ОГРН 1247600255814",
        "150964, Ярославль, ш. Энтузиастов, д. 44, оф. 35",
        "+7 485 425-58-15",
      ],
    },
    {
      entity: "contact",
      title: "Анна Сергеевна Казакова",
      lines: ["Коммерческий директор", "+7 912 829-43-68", "anna.kazakova1@example.org"],
    },
  ],
};

const sampleFailures = [10, 20, 30, 40].map((no) => ({
  entity: "contact" as const,
  no,
  title: "Пётр Иванович Смирнов",
  code: "CRM_FIELD_ERROR_VALUE_NOT_VALID",
  field: "sourceId",
  detail: "Неверное значение поля «sourceId»",
}));
