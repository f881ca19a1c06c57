import type { RequestOf, ResponseOf } from "./contract/endpoint.ts";
import type {
  GeneratorPreview,
  GeneratorRun,
  GeneratorStatus,
  getGeneration,
  getGenerationStatus,
  getSessionInfo,
  getSessionStatus,
  previewGeneration,
  resumeGeneration,
  startGeneration,
  stopGeneration,
  undoGeneration,
} from "./contract/generator.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";

const RUNS = "/api/v1/generator/runs";
const PREVIEW: Route<typeof previewGeneration> = { method: "post", path: "/api/v1/generator/preview" };
const START: Route<typeof startGeneration> = { method: "post", path: RUNS };
const STATUS: Route<typeof getGenerationStatus> = { method: "get", path: "/api/v1/generator/status" };
const SESSION: Route<typeof getSessionStatus> = {
  method: "get",
  path: "/api/v1/generator/status/{session_id}",
};
const SESSIONS: Route<typeof getSessionInfo> = { method: "get", path: "/api/v1/generator/sessions" };
const RUN: Route<typeof getGeneration> = { method: "get", path: `${RUNS}/{id}` };
const STOP: Route<typeof stopGeneration> = { method: "post", path: `${RUNS}/{id}/stop` };
const RESUME: Route<typeof resumeGeneration> = { method: "post", path: `${RUNS}/{id}/resume` };
const UNDO: Route<typeof undoGeneration> = { method: "post", path: `${RUNS}/{id}/undo` };

/** What is to be made; what is not named is the server's default. */
export type GenerationOrder = RequestOf<typeof startGeneration>["body"];

/** Test data in a portal: runs of the caller, one at a time. Live changes come by `realtime.subscribe("generator", …)`. */
export class Generator {
  readonly #http: Http;

  constructor(http: Http, portal?: string) {
    this.#http = http.of(portal);
  }

  /** A dry run: counts, samples, requests and the least time; nothing is written. */
  preview(order: GenerationOrder = {}, options: CallOptions = {}): Promise<GeneratorPreview> {
    return this.#http.call<typeof previewGeneration>(PREVIEW, { body: order }, options);
  }

  /** Starts a run; rejects with `generation_active` where the person has one under way. */
  start(order: GenerationOrder = {}, options: CallOptions = {}): Promise<GeneratorRun> {
    return this.#http.call<typeof startGeneration>(START, { body: order }, options);
  }

  /** The run under way or the last one, with its log, and those before it. */
  status(options: CallOptions = {}): Promise<GeneratorStatus> {
    return this.#http.call<typeof getGenerationStatus>(STATUS, {}, options);
  }

  /** The last run that one tab has started. */
  session(session_id: string, options: CallOptions = {}): Promise<ResponseOf<typeof getSessionStatus>> {
    return this.#http.call<typeof getSessionStatus>(SESSION, { params: { session_id } }, options);
  }

  /** The caller's tabs that are connected now. */
  sessions(options: CallOptions = {}): Promise<ResponseOf<typeof getSessionInfo>> {
    return this.#http.call<typeof getSessionInfo>(SESSIONS, {}, options);
  }

  /** One run with its log and the records that the portal refused. */
  run(id: string, options: CallOptions = {}): Promise<ResponseOf<typeof getGeneration>> {
    return this.#http.call<typeof getGeneration>(RUN, { params: { id } }, options);
  }

  /** Lets no further batch begin; what was made stays. */
  stop(id: string, options: CallOptions = {}): Promise<GeneratorRun> {
    return this.#http.call<typeof stopGeneration>(STOP, { params: { id } }, options);
  }

  /** Goes on with a run that was stopped or has failed; from now on it belongs to this tab. */
  resume(id: string, session?: string, options: CallOptions = {}): Promise<GeneratorRun> {
    const body = session === undefined ? {} : { session_id: session };
    return this.#http.call<typeof resumeGeneration>(RESUME, { params: { id }, body }, options);
  }

  /** Deletes the run's records; those that people have edited stay, unless forced. */
  undo(
    id: string,
    { force = false }: { force?: boolean } = {},
    options: CallOptions = {},
  ): Promise<GeneratorRun> {
    return this.#http.call<typeof undoGeneration>(UNDO, { params: { id }, body: { force } }, options);
  }
}
