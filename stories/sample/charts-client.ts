import {
  type AskPhase,
  type B24Client,
  type Catalogue,
  type ChartAnswer,
  type ChartSettings,
  type ChartSettingsChange,
  type ChartSpec,
  type ChartSuggestion,
  createClient,
  type Dashboard,
  type Plan,
  type SavedChart,
} from "@b24kit/client";
import { ERRORS, type ErrorCode } from "@b24kit/client/contract";
import { type Table, tableToIPC } from "@uwdata/flechette";
import { embedSample, linkSample, pictureLinkReply } from "./chart-links.ts";
import { drawSample } from "./chart-picture.ts";
import { settingsChangesSample, settingsSample } from "./chart-settings.ts";
import { sampleFunnel } from "./charts.ts";
import { sampleDeals, sampleMonths, sampleSources, sampleStages } from "./deals.ts";

const label = (ru: string, en: string) => ({ ru, en });

export const monthlyPlan: Plan = {
  entity: "deals",
  measures: [{ aggregate: "sum", column: "amount", since: null, filters: [], over: null }],
  dimensions: [
    { column: "created", grain: "month" },
    { column: "result", grain: null },
  ],
  columns: [],
  filters: [],
  period: { column: null, kind: "last", unit: "month", count: 12, from: null, to: null },
  compare: null,
  running: false,
  order: null,
  limit: null,
  others: false,
  target: null,
};

const measure = (field: string, ru: string, en: string): ChartSpec["y"][number] => ({
  field,
  label: label(ru, en),
  kind: field === "amount" ? "money" : "count",
  unit: field === "amount" ? "RUB" : null,
  axis: 0,
  mark: null,
  before: null,
  target: null,
});

function specOf(part: Partial<ChartSpec>): ChartSpec {
  return {
    v: 1,
    id: "a1",
    type: "line",
    forms: ["line", "bar", "table"],
    title: label("Выигранные и проигранные сделки по месяцам", "Won and lost deals by month"),
    subtitle: null,
    locale: "ru",
    timeZone: "Europe/Moscow",
    x: { field: "month", label: label("Месяц", "Month"), kind: "time", grain: "month" },
    y: [measure("amount", "Сумма", "Amount")],
    series: { field: "result", label: label("Итог", "Result"), kind: "category", grain: null },
    stack: "none",
    horizontal: false,
    order: "time",
    palette: "status",
    target: null,
    partial: "2026-05-01T00:00:00+03:00",
    notes: [
      { code: "form_time", params: {} },
      { code: "period_incomplete", params: {} },
    ],
    source: {
      lane: "plan",
      plan: monthlyPlan,
      sql: "SELECT date_trunc('month', created)::date AS month, result, sum(amount) AS amount\nFROM deals\nGROUP BY 1, 2\nORDER BY 1",
      tables: ["deals"],
      asOf: "2026-05-12T11:05:00Z",
      rows: 24,
      truncated: false,
      ms: 38,
      cache: "miss",
    },
    a11y: { summary: null },
    ...part,
  };
}

type Drawable = Extract<ChartAnswer, { kind: "plan" }>;

export function monthlyAnswer(part: Partial<ChartSpec> = {}): Drawable {
  return { kind: "plan", id: "a1", spec: specOf(part), result: "months", plan: monthlyPlan };
}

const stagePlan: Plan = {
  ...monthlyPlan,
  measures: [{ aggregate: "count", column: null, since: null, filters: [], over: null }],
  dimensions: [{ column: "stage", grain: null }],
  period: null,
};

export function stageAnswer(): Drawable {
  const spec = specOf({
    id: "a2",
    type: "funnel",
    forms: ["funnel", "bar", "table"],
    title: label("До оплаты доходит каждая пятая сделка", "One deal of five is paid"),
    x: { field: "stage", label: label("Стадия", "Stage"), kind: "stage", grain: null },
    y: [measure("deals", "Сделок", "Deals")],
    series: null,
    order: "stage",
    notes: [
      { code: "form_stages", params: {} },
      { code: "without_ai", params: {} },
    ],
  });
  return {
    kind: "plan",
    id: "a2",
    spec: { ...spec, source: { ...spec.source, plan: stagePlan } },
    result: "stages",
    plan: stagePlan,
  };
}

export const suggestionsSample: ChartSuggestion[] = [
  ["Воронка сделок", "Deal funnel", "funnel"],
  ["Сумма сделок по месяцам за год", "Deal amount by month", "line"],
  ["Лучшие менеджеры этого квартала", "Best managers this quarter", "bar"],
  ["Откуда приходят лиды", "Where leads come from", "pie"],
  ["Лиды по дням недели и часам", "Leads by weekday and hour", "heatmap"],
  ["Сколько дней до оплаты", "Days until payment", "kpi"],
].map(([ru, en, form], i) => ({
  id: `s${i}`,
  title: label(ru!, en!),
  plan: i === 0 ? stagePlan : monthlyPlan,
  form: form as ChartSuggestion["form"],
  score: 1 - i / 10,
}));

export const clarifySample: ChartAnswer = {
  kind: "clarify",
  id: "a3",
  reason: "vague",
  params: {},
  text: "«Лучших» — по сумме выигранных сделок или по их числу?",
  options: suggestionsSample.slice(1, 4),
  notes: [],
};
export const refuseSample: ChartAnswer = {
  kind: "refuse",
  id: "a4",
  reason: "no_such_data",
  params: {},
  text: "Звонки из этого портала не загружаются.",
  options: suggestionsSample.slice(0, 3),
  notes: [],
};

const column = (name: string, ru: string, en: string, kind: string, more = {}) => ({
  name,
  field: null,
  label: label(ru, en),
  type: "text",
  kind: kind as Catalogue["tables"][number]["columns"][number]["kind"],
  pii: false,
  ...more,
});

export const catalogueSample: Catalogue = {
  version: "1",
  baseCurrency: "RUB",
  offsetMinutes: 180,
  tables: [
    {
      name: "deals",
      entity: "deal",
      label: label("Сделки", "Deals"),
      rows: 10_000,
      columns: [
        column("id", "ID", "ID", "id"),
        column("title", "Название", "Title", "text"),
        column("stage", "Стадия", "Stage", "stage"),
        column("amount", "Сумма", "Amount", "money", { unit: "RUB" }),
        column("responsible", "Ответственный", "Responsible", "user"),
        column("source", "Источник", "Source", "status"),
        column("result", "Итог", "Result", "status"),
        column("created", "Создана", "Created", "datetime"),
        column("closed", "Закрыта", "Closed", "date"),
      ],
    },
  ],
  joins: [],
};

const WHEN = "2026-05-12T11:05:00Z";
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

const savedOf = (n: number, name: string, plan: Plan, form: SavedChart["form"]): SavedChart => ({
  id: uuid(n),
  name,
  question: name,
  definition: { lane: "plan", plan },
  form,
  locale: "ru",
  pinned: n === 1,
  version: 1,
  createdAt: WHEN,
  createdBy: "u1",
  updatedAt: WHEN,
});
export const savedSample: SavedChart[] = [
  savedOf(1, "Сумма сделок по месяцам", monthlyPlan, "line"),
  savedOf(2, "Воронка", stagePlan, "funnel"),
  savedOf(3, "Источники", stagePlan, "pie"),
  savedOf(4, "Сделки по стадиям", stagePlan, "bar"),
];

export const boardSample: Dashboard = {
  id: uuid(100),
  name: "Отдел продаж",
  tiles: [
    { chart: uuid(1), x: 0, y: 0, width: 8, height: 6 },
    { chart: uuid(2), x: 8, y: 0, width: 4, height: 6 },
    { chart: uuid(3), x: 0, y: 6, width: 6, height: 6 },
    { chart: uuid(4), x: 6, y: 6, width: 6, height: 6 },
  ],
  filters: { from: null, to: null, funnel: [], responsible: [], source: [] },
  refreshSeconds: 0,
  version: 3,
  createdAt: WHEN,
  createdBy: "u1",
  updatedAt: WHEN,
};

/** How the sample API behaves. */
export interface ChartsApi {
  /** What an ask comes to; "silent" never ends, and stays in the phase. */
  ask?: ChartAnswer | ErrorCode | "silent";
  phase?: AskPhase;
  boards?: Dashboard[];
  charts?: SavedChart[];
  suggestions?: ChartSuggestion[];
  /** Rows by the name of a result. */
  results?: Record<string, Table>;
  schema?: string;
  password?: string;
  settings?: Partial<ChartSettings>;
  /** What a picture comes to; "silent" never comes. */
  picture?: ErrorCode | "silent" | ((look: URLSearchParams) => string | Promise<string>);
  pictureLink?: ErrorCode;
  changes?: ChartSettingsChange[] | ErrorCode;
}

function problemOf(code: ErrorCode): Record<string, unknown> {
  const [status, title, remedy] = ERRORS[code];
  return { type: `/docs#${code}`, code, title, status, detail: "sample", remedy, requestId: "req-7f3a" };
}

const problem = (code: ErrorCode) =>
  new Response(JSON.stringify(problemOf(code)), {
    status: ERRORS[code][0],
    headers: { "content-type": "application/problem+json" },
  });

function answerLines(
  { ask = monthlyAnswer(), phase }: ChartsApi,
  signal: AbortSignal | null | undefined,
): Response {
  const line = (value: object) => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(line({ phase: phase ?? "thinking" }));
      signal?.addEventListener("abort", () => controller.error(signal.reason));
      if (ask === "silent") return;
      controller.enqueue(line(typeof ask === "string" ? { problem: problemOf(ask) } : { answer: ask }));
      controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "application/x-ndjson" } });
}

const RESULTS: Record<string, () => Table> = {
  months: sampleMonths,
  stages: sampleFunnel,
  sources: sampleSources,
  bars: sampleStages,
  records: () => sampleDeals(40),
};

/** An answer for a kept chart or a plan of the samples. */
function runOf(name: string): ChartAnswer {
  const answer = name === savedSample[0]!.id ? monthlyAnswer() : stageAnswer();
  const at = savedSample.findIndex(({ id }) => id === name);
  const result = ["months", "stages", "sources", "bars"][at] ?? answer.result;
  const spec = { ...answer.spec, title: label(savedSample[at]?.name ?? "", savedSample[at]?.name ?? "") };
  if (result === "sources") {
    const x = { field: "source", label: label("Источник", "Source"), kind: "category" as const, grain: null };
    return { ...answer, result, spec: { ...spec, type: "pie", x } };
  }
  return { ...answer, result, spec: { ...spec, type: result === "bars" ? "bar" : spec.type } };
}

/** The real client over a charts API made of ready answers; what was asked is in `asked`. */
export function chartsClient(api: ChartsApi = {}): {
  client: B24Client;
  asked: { path: string; body: unknown }[];
} {
  const asked: { path: string; body: unknown }[] = [];
  let boards = api.boards ?? [boardSample];
  let settings: ChartSettings = { ...settingsSample, ...api.settings };
  const reply = (path: string, method: string, body: Record<string, unknown>): unknown => {
    if (path === "suggest") return { suggestions: api.suggestions ?? suggestionsSample };
    if (path === "catalogue") return catalogueSample;
    if (path === "settings") {
      const sql = method === "PUT" ? (body.sql ?? settings.sql) : settings.sql;
      settings = { ...settings, ...body, sql: sql as ChartSettings["sql"] };
      return settings;
    }
    if (path === "settings/changes") return { changes: api.changes ?? settingsChangesSample };
    if (path === "plans/run") {
      const plan = body.plan as Plan;
      const records = plan.columns.length > 0;
      const answer = records ? { ...stageAnswer(), result: "records" } : { ...monthlyAnswer(), plan };
      return records ? { ...answer, spec: { ...answer.spec, type: "table", x: null, y: [] } } : answer;
    }
    if (path === "sql/run") return { ...monthlyAnswer(), kind: "sql", sql: body.sql };
    if (path === "saved") return method === "POST" ? { ...savedSample[0], ...body } : { charts: savedSample };
    if (path === "dashboards") return { dashboards: boards };
    if (path === "shared")
      return { token: "short", expiresAt: WHEN, serverTime: WHEN, dashboard: boardSample.id, portal: 1 };
    const [kind, id = "", action] = path.split("/");
    if (action === "picture-links") return pictureLinkReply(method);
    if (kind === "saved" && action === "run") return runOf(id);
    if (kind === "saved") return savedSample.find((one) => one.id === id);
    if (kind === "dashboards" && action === "links")
      return method === "POST"
        ? linkSample
        : { links: [{ ...linkSample, id: uuid(201), url: null, expiresAt: "2031-05-19T11:05:00Z" }] };
    if (path === "embeds")
      return { embeds: [{ ...embedSample, content: { kind: "dashboard", id: boardSample.id } }] };
    if (kind === "embeds") return { ...embedSample, revokedAt: body.revoked ? WHEN : null };
    if (kind === "dashboards" && method === "PUT") {
      const saved = { ...boardSample, ...body, id, version: Number(body.version ?? 0) + 1 } as Dashboard;
      boards = [...boards.filter((one) => one.id !== id), saved];
      return saved;
    }
    const dashboard = boards.find((one) => one.id === id);
    if (kind === "dashboards" && dashboard) return { dashboard, charts: api.charts ?? savedSample };
    return undefined;
  };
  const client = createClient({
    baseUrl: "https://api.example",
    getToken: () => "sample",
    WebSocket: class extends EventTarget {
      readyState = 0;
      send() {}
      close() {}
    } as unknown as typeof WebSocket,
    fetch: async (input, init) => {
      const url = new URL(String(input instanceof Request ? input.url : input));
      const path = url.pathname.replace("/api/v1/charts/", "");
      const body = init?.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {};
      asked.push({ path: `${init?.method ?? "GET"} ${path}`, body });
      if (path === "ask") return answerLines(api, init?.signal);
      if (path === "schema")
        return new Response(api.schema ?? "# База", {
          headers: { "content-type": "text/markdown; charset=utf-8" },
        });
      if (path.startsWith("results/")) {
        const name = path.slice("results/".length);
        const table = api.results?.[name] ?? RESULTS[name]?.();
        if (!table) return problem("result_gone");
        return new Response(tableToIPC(table, { format: "stream" }) as Uint8Array<ArrayBuffer>, {
          headers: { "content-type": "application/vnd.apache.arrow.stream" },
        });
      }
      if (path.endsWith("/picture")) {
        const { picture = drawSample } = api;
        if (picture === "silent") return new Promise(() => {});
        if (typeof picture === "string") return problem(picture);
        const headers = { "content-type": "image/svg+xml" };
        return new Response(await picture(url.searchParams), { headers });
      }
      if (path.endsWith("/picture-links") && api.pictureLink) return problem(api.pictureLink);
      if (path.startsWith("picture-links/")) return new Response(null, { status: 204 });
      if (path === "settings/changes" && typeof api.changes === "string") return problem(api.changes);
      if (path === "shared" && api.password && body.password !== api.password)
        return problem("share_password_wrong");
      const answer = reply(path, init?.method ?? "GET", body);
      return answer === undefined ? problem("not_found") : Response.json(answer);
    },
  });
  return { client, asked };
}
