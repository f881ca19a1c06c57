import { type RunningPortal, type StartPortalOptions, startPortal } from "../demo/portal/index.ts";
import { createPortals, type Portals } from "../packages/api/src/features/portal/portals.ts";
import type { SyncSettings } from "../packages/api/src/features/sync/deps.ts";
import { createSync, type Sync } from "../packages/api/src/features/sync/sync.ts";
import { createPortalClient } from "../packages/api/src/platform/bitrix/client.ts";
import { createMemoryLimiter } from "../packages/api/src/platform/bitrix/memory-limiter.ts";
import { createPostgresLimiter } from "../packages/api/src/platform/bitrix/postgres-limiter.ts";
import { type Bus, openBus } from "../packages/api/src/platform/bus/bus.ts";
import type { Database } from "../packages/api/src/platform/db/database.ts";
import { createLogger } from "../packages/api/src/platform/log/logger.ts";
import { createSecrets } from "../packages/api/src/platform/secrets/secrets.ts";
import type { Entity, EntityStatus, SyncRun, SyncType } from "../packages/client/src/contract/index.ts";
import { createTestDatabase } from "./database.ts";

export const TEST_SECRET = "a secret key of the tests only";

/** The parts of one process of the API that a sync needs, on a database that others may share. */
export interface Station {
  readonly bus: Bus;
  readonly portals: Portals;
  readonly sync: Sync;
  stop(): Promise<void>;
}

export interface StationOptions {
  /** Between us and the portal: lets a test be the portal's odd day. */
  readonly fetch?: typeof globalThis.fetch;
  readonly settings?: Partial<SyncSettings>;
}

/** TEST_LOG=1 shows what the station says. */
export async function openStation(db: Database, options: StationOptions = {}): Promise<Station> {
  const log = createLogger({ level: process.env["TEST_LOG"] ? "debug" : "silent", form: "plain" });
  const { settings = {} } = options;
  const fetch = options.fetch === undefined ? {} : { fetch: options.fetch };
  const bus = await openBus({ db, log });
  const portals = createPortals({
    db,
    secrets: createSecrets([TEST_SECRET]),
    openClient: (portalId, credential) =>
      createPortalClient({
        portalId,
        credential,
        ...fetch,
        limiter: createPostgresLimiter({ db, portalId }),
      }),
    openStranger: (credential) =>
      createPortalClient({
        portalId: 0,
        credential,
        ...fetch,
        limiter: createMemoryLimiter(),
      }),
  });
  const sync = createSync({ db, bus, portals, log, settings });
  return {
    bus,
    portals,
    sync,
    async stop() {
      await sync.stop();
      await bus.close();
    },
  };
}

export interface Rig extends Station {
  readonly db: Database;
  readonly url: string;
  readonly portal: RunningPortal;
  readonly portalId: number;
  /** Runs a sync to its end, whichever that is. */
  run(entity: Entity, type?: SyncType): Promise<SyncRun>;
  close(): Promise<void>;
}

/** An emulated portal, connected, and a working station on a fresh database. */
export async function openRig(
  options: StartPortalOptions = {},
  stationOptions: StationOptions & { work?: boolean } = {},
): Promise<Rig> {
  const [portal, test] = await Promise.all([startPortal(options), createTestDatabase()]);
  const station = await openStation(test.db, stationOptions);
  const { id } = await station.portals.connect(portal.webhookUrl);
  if (stationOptions.work !== false) station.sync.work();
  return {
    ...station,
    db: test.db,
    url: test.url,
    portal,
    portalId: id,
    async run(entity, type = "full") {
      const ended = whenEnded(station.bus, entity);
      await station.sync.start({ portalId: id, entity, type, cause: "person" });
      return ended;
    },
    async close() {
      await station.stop();
      await portal.close();
      await test.drop();
    },
  };
}

/** The next run of an entity that ends. */
export function whenEnded(bus: Bus, entity: Entity): Promise<SyncRun> {
  return whenStatus(
    bus,
    entity,
    ({ run }) => run !== null && ["completed", "failed", "cancelled"].includes(run.state),
  ).then((status) => status.run!);
}

/** The next published status of an entity for which the condition holds. */
export function whenStatus(
  bus: Bus,
  entity: Entity,
  holds: (status: EntityStatus) => boolean,
): Promise<EntityStatus> {
  return new Promise((resolve) => {
    const unsubscribe = bus.subscribe("sync", "any", ({ data }) => {
      const status = data as EntityStatus;
      if (status.entity !== entity || !holds(status)) return;
      unsubscribe();
      resolve(status);
    });
  });
}
