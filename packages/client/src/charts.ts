import type { Table } from "@uwdata/flechette";
import { Boards } from "./boards.ts";
import type { Catalogue } from "./contract/chart-catalogue.ts";
import type {
  AskEvent,
  AskPhase,
  askChart,
  ChartAnswer,
  ChartSettings,
  ChartSettingsChange,
  ChartSettingsPatch,
  ChartSuggestion,
  getCatalogue,
  getChartSettings,
  getSchema,
  listChartSettingsChanges,
  previewSql,
  putChartSettings,
  readResult,
  runPlan,
  suggestCharts,
} from "./contract/charts.ts";
import type { RequestOf } from "./contract/endpoint.ts";
import { expectTable, readTable } from "./transport/arrow.ts";
import { ConnectionError, toApiError } from "./transport/errors.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";
import { readLines } from "./transport/lines.ts";

const ASK: Route<typeof askChart> = { method: "post", path: "/api/v1/charts/ask" };
const SUGGEST: Route<typeof suggestCharts> = { method: "get", path: "/api/v1/charts/suggest" };
const RUN: Route<typeof runPlan> = { method: "post", path: "/api/v1/charts/plans/run" };
const SQL: Route<typeof previewSql> = { method: "post", path: "/api/v1/charts/sql/run" };
const RESULT: Route<typeof readResult> = { method: "get", path: "/api/v1/charts/results/{id}" };
const CATALOGUE: Route<typeof getCatalogue> = { method: "get", path: "/api/v1/charts/catalogue" };
const SCHEMA: Route<typeof getSchema> = { method: "get", path: "/api/v1/charts/schema" };
const SETTINGS: Route<typeof getChartSettings> = { method: "get", path: "/api/v1/charts/settings" };
const CHANGE: Route<typeof putChartSettings> = { method: "put", path: "/api/v1/charts/settings" };
const CHANGES: Route<typeof listChartSettingsChanges> = {
  method: "get",
  path: "/api/v1/charts/settings/changes",
};
const ARROW = "application/vnd.apache.arrow.stream";
const LINES = "application/x-ndjson";
/** The model may take twenty seconds, and a repair as long again. */
const ASK_TIMEOUT = 60_000;

export type ChartQuestion = RequestOf<typeof askChart>["body"];
export type ChartPlanRun = RequestOf<typeof runPlan>["body"];
export type ChartSqlRun = RequestOf<typeof previewSql>["body"];

export interface AskOptions extends CallOptions {
  /** What the answer is at, as it goes. */
  onPhase?: ((phase: AskPhase) => void) | undefined;
}

/** Questions to the CRM and the charts that answer them; kept charts and dashboards in `boards`. */
export class Charts {
  readonly boards: Pick<Boards, keyof Boards>;
  readonly #http: Http;

  constructor(http: Http, portal?: string) {
    this.#http = http.of(portal);
    this.boards = new Boards(http, portal);
  }

  /** Answers a question; rejects with the problem where there is one. */
  async ask(body: ChartQuestion, options: AskOptions = {}): Promise<ChartAnswer> {
    const wait = { timeout: ASK_TIMEOUT, ...options };
    const response = await this.#http.stream<typeof askChart>(ASK, { body }, LINES, wait);
    for await (const line of readLines(response)) {
      const event = line as AskEvent;
      if ("phase" in event) options.onPhase?.(event.phase);
      else if ("answer" in event) return event.answer;
      else throw toApiError(event.problem);
    }
    throw new ConnectionError("api_answer_broken", `${ASK.path} ended without an answer`);
  }

  /** Charts worth a look, of one entity or of all. */
  async suggest(entity?: string, options: CallOptions = {}): Promise<ChartSuggestion[]> {
    const request = entity ? { query: { entity } } : {};
    return (await this.#http.call<typeof suggestCharts>(SUGGEST, request, options)).suggestions;
  }

  /** Runs a plan as it is: what a chip or a suggestion asks for. */
  run(body: ChartPlanRun, options: CallOptions = {}): Promise<ChartAnswer> {
    return this.#http.call<typeof runPlan>(RUN, { body }, options);
  }

  /** Checks and runs SQL of a person. */
  runSql(body: ChartSqlRun, options: CallOptions = {}): Promise<ChartAnswer> {
    return this.#http.call<typeof previewSql>(SQL, { body }, options);
  }

  /** Rows of an answer. */
  async result(id: string, options: CallOptions = {}): Promise<Table> {
    expectTable();
    const request = { params: { id } };
    const response = await this.#http.stream<typeof readResult>(RESULT, request, ARROW, options);
    return readTable(response, { signal: options.signal });
  }

  /** What charts can be made of. */
  catalogue(options: CallOptions = {}): Promise<Catalogue> {
    return this.#http.call<typeof getCatalogue>(CATALOGUE, {}, options);
  }

  /** The database described in Markdown. */
  async schema(
    query: { locale?: "ru" | "en"; table?: string; enriched?: boolean } = {},
    options: CallOptions = {},
  ): Promise<string> {
    const { enriched, ...rest } = query;
    const request = { query: { ...rest, ...(enriched ? { enriched: "true" } : {}) } };
    const wait = { timeout: ASK_TIMEOUT, ...options };
    const response = await this.#http.stream<typeof getSchema>(SCHEMA, request, "text/markdown", wait);
    return response.text();
  }

  /** What the model may see, and what it has cost today. */
  settings(options: CallOptions = {}): Promise<ChartSettings> {
    return this.#http.call<typeof getChartSettings>(SETTINGS, {}, options);
  }

  /** For administrators. */
  changeSettings(body: ChartSettingsPatch, options: CallOptions = {}): Promise<ChartSettings> {
    return this.#http.call<typeof putChartSettings>(CHANGE, { body }, options);
  }

  /** Who changed them, the latest first; for administrators. */
  async settingsChanges(options: CallOptions = {}): Promise<ChartSettingsChange[]> {
    return (await this.#http.call<typeof listChartSettingsChanges>(CHANGES, {}, options)).changes;
  }
}
