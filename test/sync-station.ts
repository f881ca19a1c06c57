import { createInbox } from "../packages/api/src/features/portal/inbox.ts";
import { createPortals, type Portals } from "../packages/api/src/features/portal/portals.ts";
import type { SyncDeps, SyncSettings } from "../packages/api/src/features/sync/deps.ts";
import { createSync, type Sync } from "../packages/api/src/features/sync/sync.ts";
import { createPortalClient } from "../packages/api/src/platform/bitrix/client.ts";
import type { Clock } from "../packages/api/src/platform/bitrix/clock.ts";
import { createMemoryLimiter } from "../packages/api/src/platform/bitrix/memory-limiter.ts";
import { createPostgresLimiter } from "../packages/api/src/platform/bitrix/postgres-limiter.ts";
import { type Bus, openBus } from "../packages/api/src/platform/bus/bus.ts";
import type { Database } from "../packages/api/src/platform/db/database.ts";
import { createLogger, type Logger } from "../packages/api/src/platform/log/logger.ts";
import { createSecrets } from "../packages/api/src/platform/secrets/secrets.ts";

const TEST_SECRET = "a secret key of the tests only";

/** The parts of one process of the API that a sync needs, on a database that others may share. */
export interface Station {
  readonly log: Logger;
  readonly bus: Bus;
  readonly portals: Portals;
  readonly sync: Sync;
  stop(): Promise<void>;
}

export interface StationOptions {
  /** Between us and the portal: lets a test be the portal's odd day. */
  readonly fetch?: typeof globalThis.fetch;
  readonly settings?: Partial<SyncSettings>;
  /** Who is told outside of what happened. */
  readonly announce?: SyncDeps["announce"];
  /** The portal's limits and the sync go by it; the machine's own where there is none. */
  readonly clock?: Clock;
  /** How long a portal may take to answer, on that clock. */
  readonly timeoutMs?: number;
}

/** TEST_LOG=1 shows what the station says. */
export async function openStation(db: Database, options: StationOptions = {}): Promise<Station> {
  const log = createLogger({ level: process.env["TEST_LOG"] ? "debug" : "silent", form: "plain" });
  const { settings = {} } = options;
  const fetch = options.fetch === undefined ? {} : { fetch: options.fetch };
  const clock = options.clock === undefined ? {} : { clock: options.clock };
  const timeout = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs };
  const bus = await openBus({ db, log });
  const portals = createPortals({
    db,
    secrets: createSecrets([TEST_SECRET]),
    openClient: (portalId, credential) =>
      createPortalClient({
        portalId,
        credential,
        ...fetch,
        ...clock,
        ...timeout,
        limiter: createPostgresLimiter({ db, portalId, ...clock }),
      }),
    openStranger: (credential) =>
      createPortalClient({
        portalId: 0,
        credential,
        ...fetch,
        ...clock,
        limiter: createMemoryLimiter(clock),
      }),
  });
  const announce = options.announce === undefined ? {} : { announce: options.announce };
  const events = createInbox(db, bus);
  const sync = createSync({ db, bus, portals, events, log, settings, ...clock, ...announce });
  return {
    log,
    bus,
    portals,
    sync,
    async stop() {
      await sync.stop();
      await bus.close();
    },
  };
}
