import type { EntityStatus, ErrorCode } from "@b24kit/client/contract";
import type { Caller } from "../../platform/auth/caller.ts";
import type { Clock } from "../../platform/bitrix/clock.ts";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Logger } from "../../platform/log/logger.ts";

/** What sync needs of the `portal` feature; app.ts passes it in. */
export interface PortalAccess {
  get(portalId: number): Promise<{ readonly id: number; readonly host: string; readonly schema: string }>;
  resolve(caller: Caller, name?: string): Promise<{ readonly id: number; readonly host: string }>;
  client(portalId: number): Promise<PortalClient>;
  /** Portals whose work waits until a person has authorised again. */
  waiting(): Promise<ReadonlySet<number>>;
  note(portalId: number, failure: { code: ErrorCode; detail: string } | null): Promise<void>;
}

export interface SyncSettings {
  /** Commands in a list request, 1 to 50. */
  readonly batchSize: number;
  readonly intervalMinutes: number;
  /** Partitions of a run that are read at the same time. */
  readonly readers: number;
  /** Runs that one process works on at the same time. */
  readonly runs: number;
}

export const DEFAULT_SETTINGS: SyncSettings = { batchSize: 50, intervalMinutes: 30, readers: 3, runs: 4 };

export interface SyncDeps {
  readonly db: Database;
  readonly portals: PortalAccess;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: SyncSettings;
  /** Tells everybody that an entity's status changed. */
  readonly publish: (portalId: number, status: EntityStatus) => Promise<void>;
}
