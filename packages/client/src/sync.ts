import type {
  cancelSync,
  Entity,
  EntityStatus,
  getSyncStatus,
  SyncRun,
  SyncStatus,
  SyncType,
  startSync,
} from "./contract/sync.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";

const START: Route<typeof startSync> = { method: "post", path: "/api/v1/sync/start/{entity}" };
const CANCEL: Route<typeof cancelSync> = { method: "post", path: "/api/v1/sync/cancel/{entity}" };
const STATUS: Route<typeof getSyncStatus> = { method: "get", path: "/api/v1/sync/status" };

/** The mirror of a portal: runs of its entities and their state. */
export class Sync {
  readonly #http: Http;
  readonly #portal: string | undefined;

  constructor(http: Http, portal?: string) {
    this.#http = http;
    this.#portal = portal;
  }

  /** Starts a run; rejects with `run_active` where one of the entity is under way. */
  start(entity: Entity, body: { sync_type?: SyncType } = {}, options: CallOptions = {}): Promise<SyncRun> {
    return this.#http.call<typeof startSync>(START, { params: { entity }, body }, this.#options(options));
  }

  /** Stops the entity's active run; what was written stays. */
  cancel(entity: Entity, options: CallOptions = {}): Promise<EntityStatus> {
    return this.#http.call<typeof cancelSync>(CANCEL, { params: { entity } }, this.#options(options));
  }

  /** State of every entity. Live changes come by `realtime.subscribe("sync", …)`. */
  status(options: CallOptions = {}): Promise<SyncStatus> {
    return this.#http.call<typeof getSyncStatus>(STATUS, {}, this.#options(options));
  }

  #options(options: CallOptions): CallOptions {
    return { ...options, portal: options.portal ?? this.#portal };
  }
}
