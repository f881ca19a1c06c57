import type {
  cancelSync,
  Entity,
  EntityStatus,
  getRunLog,
  getSyncConfig,
  getSyncLimits,
  getSyncStatus,
  listSyncRuns,
  PortalLimits,
  pauseSync,
  putSyncConfig,
  RunLog,
  reconcileSync,
  resumeSync,
  SyncConfig,
  SyncRun,
  SyncStatus,
  SyncType,
  startSync,
} from "./contract/sync.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";

const START: Route<typeof startSync> = { method: "post", path: "/api/v1/sync/start/{entity}" };
const CANCEL: Route<typeof cancelSync> = { method: "post", path: "/api/v1/sync/cancel/{entity}" };
const PAUSE: Route<typeof pauseSync> = { method: "post", path: "/api/v1/sync/pause/{entity}" };
const RESUME: Route<typeof resumeSync> = { method: "post", path: "/api/v1/sync/resume/{entity}" };
const RECONCILE: Route<typeof reconcileSync> = { method: "post", path: "/api/v1/sync/reconcile/{entity}" };
const STATUS: Route<typeof getSyncStatus> = { method: "get", path: "/api/v1/sync/status" };
const LIMITS: Route<typeof getSyncLimits> = { method: "get", path: "/api/v1/sync/limits" };
const RUNS: Route<typeof listSyncRuns> = { method: "get", path: "/api/v1/sync/runs" };
const LOG: Route<typeof getRunLog> = { method: "get", path: "/api/v1/sync/runs/{id}/log" };
const CONFIG: Route<typeof getSyncConfig> = { method: "get", path: "/api/v1/sync/config" };
const CONFIGURE: Route<typeof putSyncConfig> = { method: "put", path: "/api/v1/sync/config" };

/** How an entity is to be kept up to date; what is not named stays. */
export type ConfigChange = Pick<SyncConfig, "entity_type"> & Partial<SyncConfig>;

/** The mirror of a portal: runs of its entities and their state. */
export class Sync {
  readonly #http: Http;

  constructor(http: Http, portal?: string) {
    this.#http = http.of(portal);
  }

  /** Starts a run; rejects with `run_active` where one of the entity is under way. */
  start(entity: Entity, body: { sync_type?: SyncType } = {}, options: CallOptions = {}): Promise<SyncRun> {
    return this.#http.call<typeof startSync>(START, { params: { entity }, body }, options);
  }

  /** Stops the entity's active run; what was written stays. */
  cancel(entity: Entity, options: CallOptions = {}): Promise<EntityStatus> {
    return this.#http.call<typeof cancelSync>(CANCEL, { params: { entity } }, options);
  }

  /** Holds the entity's active run where it is. */
  pause(entity: Entity, options: CallOptions = {}): Promise<EntityStatus> {
    return this.#http.call<typeof pauseSync>(PAUSE, { params: { entity } }, options);
  }

  /** Lets a paused run go on from where it stands. */
  resume(entity: Entity, options: CallOptions = {}): Promise<EntityStatus> {
    return this.#http.call<typeof resumeSync>(RESUME, { params: { entity } }, options);
  }

  /** Compares both sides; rejects with `not_mirrored` where the entity was never copied as a whole. */
  reconcile(entity: Entity, options: CallOptions = {}): Promise<SyncRun> {
    return this.#http.call<typeof reconcileSync>(RECONCILE, { params: { entity } }, options);
  }

  /** State of every entity. Live changes come by `realtime.subscribe("sync", …)`. */
  status(options: CallOptions = {}): Promise<SyncStatus> {
    return this.#http.call<typeof getSyncStatus>(STATUS, {}, options);
  }

  /** What of the portal's limits is used up. */
  limits(options: CallOptions = {}): Promise<PortalLimits> {
    return this.#http.call<typeof getSyncLimits>(LIMITS, {}, options);
  }

  /** Runs of an entity or of all, newest first; `before` is the id of the last one seen. */
  async runs(
    asked: { entity?: Entity; before?: number; limit?: number } = {},
    options: CallOptions = {},
  ): Promise<SyncRun[]> {
    const { runs } = await this.#http.call<typeof listSyncRuns>(RUNS, { query: asked }, options);
    return runs;
  }

  /** What a run had to say, oldest first. */
  log(runId: number, options: CallOptions = {}): Promise<RunLog> {
    return this.#http.call<typeof getRunLog>(LOG, { params: { id: runId } }, options);
  }

  /** How every entity is kept up to date. */
  config(options: CallOptions = {}): Promise<SyncConfig[]> {
    return this.#http.call<typeof getSyncConfig>(CONFIG, {}, options);
  }

  /** Changes how an entity is kept up to date. */
  configure(change: ConfigChange, options: CallOptions = {}): Promise<SyncConfig> {
    return this.#http.call<typeof putSyncConfig>(CONFIGURE, { body: change }, options);
  }
}
