import type { Entity, EntityStatus, SyncRun, SyncStatus, SyncType } from "@b24kit/client/contract";
import type { Clock } from "../../platform/bitrix/clock.ts";
import { systemClock } from "../../platform/bitrix/clock.ts";
import type { Bus } from "../../platform/bus/bus.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Logger } from "../../platform/log/logger.ts";
import { cancelRun } from "./cancel-run.ts";
import { DEFAULT_SETTINGS, type PortalAccess, type SyncDeps, type SyncSettings } from "./deps.ts";
import { getStatus } from "./get-status.ts";
import { type Runner, startRunner } from "./runner.ts";
import { startRun } from "./start-run.ts";

/** Topic of the bus and of the WebSocket: a change is the `EntityStatus` of one entity of the portal. */
export const SYNC_TOPIC = "sync";

export interface SyncOptions {
  readonly db: Database;
  readonly bus: Pick<Bus, "publish" | "subscribe">;
  readonly portals: PortalAccess;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly settings?: Partial<SyncSettings>;
}

export interface Sync {
  readonly portals: PortalAccess;
  /** @throws AppError run_active */
  start(run: {
    portalId: number;
    entity: Entity;
    type: SyncType;
    cause: "person" | "schedule";
  }): Promise<SyncRun>;
  cancel(portalId: number, entity: Entity): Promise<EntityStatus>;
  status(portalId: number): Promise<SyncStatus>;
  /** Works on runs in this process until `stop`; for the roles `worker` and `all`. */
  work(): void;
  /** Leaves every run where another process can continue it. */
  stop(): Promise<void>;
}

export function createSync({ db, bus, portals, log, clock = systemClock, settings }: SyncOptions): Sync {
  const publish = (portalId: number, status: EntityStatus) => bus.publish(SYNC_TOPIC, portalId, status);
  const deps: SyncDeps = { db, portals, log, clock, publish, settings: { ...DEFAULT_SETTINGS, ...settings } };
  let runner: Runner | null = null;
  let unsubscribe = () => {};

  /** A new run wakes the workers of all processes, a cancelled one stops whoever works on it. */
  function hear(status: EntityStatus): void {
    if (status.run?.state === "queued") runner?.wake();
    if (status.run?.state === "cancelled") runner?.abandon(status.run.id);
  }

  return {
    portals,
    start: (run) => startRun(deps, run),
    cancel: (portalId, entity) => cancelRun(deps, portalId, entity),
    status: (portalId) => getStatus(deps, portalId),
    work() {
      runner ??= startRunner(deps);
      unsubscribe = bus.subscribe(SYNC_TOPIC, "any", ({ data }) => hear(data as EntityStatus));
    },
    async stop() {
      unsubscribe();
      await runner?.stop();
      runner = null;
    },
  };
}
