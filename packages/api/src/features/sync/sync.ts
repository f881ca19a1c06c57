import type {
  Entity,
  EntityStatus,
  PortalLimits,
  RunLog,
  RunType,
  SyncConfig,
  SyncRun,
  SyncStatus,
} from "@b24kit/client/contract";
import type { Clock } from "../../platform/bitrix/clock.ts";
import { systemClock } from "../../platform/bitrix/clock.ts";
import type { Bus } from "../../platform/bus/bus.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Logger } from "../../platform/log/logger.ts";
import { cancelRun } from "./cancel-run.ts";
import { type ConfigChange, configure, getConfig } from "./config.ts";
import {
  DEFAULT_SETTINGS,
  type EventSource,
  type PortalAccess,
  type SyncDeps,
  type SyncSettings,
} from "./deps.ts";
import { describePortal, type PortalDescription } from "./describe-portal.ts";
import { type Follower, followEvents } from "./follow-events.ts";
import { getLimits } from "./get-limits.ts";
import { getRunLog } from "./get-run-log.ts";
import { getStatus } from "./get-status.ts";
import { listRuns, type RunsAsked } from "./list-runs.ts";
import { pauseRun } from "./pause-run.ts";
import { type Runner, startRunner } from "./runner.ts";
import { startRun } from "./start-run.ts";
import { type Freshness, selectFreshness } from "./store/versions.ts";

/** Topic of the bus and of the WebSocket: a change is the `EntityStatus` of one entity of the portal. */
export const SYNC_TOPIC = "sync";

export interface SyncOptions {
  readonly db: Database;
  readonly bus: Pick<Bus, "publish" | "subscribe">;
  readonly portals: PortalAccess;
  readonly events: EventSource;
  readonly log: Logger;
  /** Where others wait to be told what happened; nobody does by default. */
  readonly announce?: SyncDeps["announce"];
  readonly clock?: Clock;
  readonly settings?: Partial<SyncSettings>;
}

export interface Sync {
  readonly portals: PortalAccess;
  /** @throws AppError run_active, not_mirrored */
  start(run: {
    portalId: number;
    entity: Entity;
    type: RunType;
    cause: "person" | "schedule";
  }): Promise<SyncRun>;
  cancel(portalId: number, entity: Entity): Promise<EntityStatus>;
  /** Holds the active run, or lets it go on. */
  pause(portalId: number, entity: Entity, event: "pause" | "unpause"): Promise<EntityStatus>;
  status(portalId: number): Promise<SyncStatus>;
  /** @throws AppError not_found */
  log(portalId: number, runId: number): Promise<RunLog>;
  runs(portalId: number, asked: RunsAsked): Promise<SyncRun[]>;
  limits(portalId: number): Promise<PortalLimits>;
  config(portalId: number): Promise<SyncConfig[]>;
  configure(portalId: number, change: ConfigChange): Promise<SyncConfig>;
  /** What a portal's mirror holds and how it is read, for other features. */
  describe(portalId: number): Promise<PortalDescription>;
  /** How new a portal's mirror is, for whoever keeps what was made from it. */
  freshness(portalId: number): Promise<Freshness>;
  /** Works on runs in this process until `stop`; for the roles `worker` and `all`. */
  work(): void;
  /** Leaves every run where another process can continue it. */
  stop(): Promise<void>;
}

export function createSync(options: SyncOptions): Sync {
  const { bus, clock = systemClock, announce = async () => {}, ...given } = options;
  const publish = (portalId: number, status: EntityStatus) => bus.publish(SYNC_TOPIC, portalId, status);
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const deps: SyncDeps = { ...given, clock, publish, announce, settings };
  let runner: Runner | null = null;
  let follower: Follower | null = null;
  let unsubscribe = () => {};

  /** A new run wakes the workers of all processes, a cancelled or paused one stops whoever works on it. */
  function hear(status: EntityStatus): void {
    if (status.run?.state === "queued") runner?.wake();
    if (status.run?.state === "cancelled" || status.run?.state === "paused") runner?.abandon(status.run.id);
  }

  return {
    portals: deps.portals,
    start: (run) => startRun(deps, run),
    cancel: (portalId, entity) => cancelRun(deps, portalId, entity),
    pause: (portalId, entity, event) => pauseRun(deps, portalId, entity, event),
    status: (portalId) => getStatus(deps, portalId),
    log: (portalId, runId) => getRunLog(deps, portalId, runId),
    runs: (portalId, asked) => listRuns(deps, portalId, asked),
    limits: (portalId) => getLimits(deps, portalId),
    config: (portalId) => getConfig(deps, portalId),
    configure: (portalId, change) => configure(deps, portalId, change),
    describe: (portalId) => describePortal(deps, portalId),
    freshness: (portalId) => selectFreshness(deps.db.pool, portalId),
    work() {
      runner ??= startRunner(deps);
      follower ??= followEvents(deps, () => runner?.wake());
      unsubscribe = bus.subscribe(SYNC_TOPIC, "any", ({ data }) => hear(data as EntityStatus));
    },
    async stop() {
      unsubscribe();
      await Promise.all([runner?.stop(), follower?.stop()]);
      runner = null;
      follower = null;
    },
  };
}
