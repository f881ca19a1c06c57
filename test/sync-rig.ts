import { type RunningPortal, type StartPortalOptions, startPortal } from "../demo/portal/index.ts";
import type { Bus } from "../packages/api/src/platform/bus/bus.ts";
import type { Database } from "../packages/api/src/platform/db/database.ts";
import type { Entity, EntityStatus, RunType, SyncRun } from "../packages/client/src/contract/index.ts";
import { createTestDatabase } from "./database.ts";
import { openStation, type Station, type StationOptions } from "./sync-station.ts";

export { openStation } from "./sync-station.ts";

export interface Rig extends Station {
  readonly db: Database;
  readonly url: string;
  readonly portal: RunningPortal;
  readonly portalId: number;
  /** Runs a sync to its end, whichever that is. */
  run(entity: Entity, type?: RunType): Promise<SyncRun>;
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
      const { entities } = await station.sync.status(id);
      const lastRun = entities.find((status) => status.entity === entity)?.run?.id ?? 0;
      const ended = whenEnded(station.bus, entity, lastRun);
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

/** The next run of an entity that ends; word of runs up to `afterRun` may still be on its way and is passed over. */
export function whenEnded(bus: Bus, entity: Entity, afterRun = 0): Promise<SyncRun> {
  return whenStatus(
    bus,
    entity,
    ({ run }) =>
      run !== null && run.id > afterRun && ["completed", "failed", "cancelled"].includes(run.state),
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
