import type { EntityStatus, ErrorCode, SubscriptionEvent } from "@b24kit/client/contract";
import type pg from "pg";
import type { Caller } from "../../platform/auth/caller.ts";
import type { Clock } from "../../platform/bitrix/clock.ts";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Logger } from "../../platform/log/logger.ts";
import type { Queryable } from "./store/queryable.ts";

/** What sync needs of the `portal` feature; app.ts passes it in. */
export interface PortalAccess {
  get(portalId: number): Promise<{ readonly id: number; readonly host: string; readonly schema: string }>;
  resolve(caller: Caller, name?: string): Promise<{ readonly id: number; readonly host: string }>;
  client(portalId: number): Promise<PortalClient>;
  /** Portals whose work waits until a person has authorised again. */
  waiting(): Promise<ReadonlySet<number>>;
  note(portalId: number, failure: { code: ErrorCode; detail: string } | null): Promise<void>;
}

/** Something that happened in a portal. */
export interface PortalEvent {
  readonly seq: number;
  readonly portalId: number;
  /** In capitals: `ONCRMDEALADD`. */
  readonly event: string;
  readonly entityId: string | null;
  /** `data` as it came. */
  readonly data: unknown;
}

/** Events that the portals sent, each read until our place is moved behind it; app.ts passes it in. */
export interface EventSource {
  read(consumer: string, after: number | null, limit: number): Promise<readonly PortalEvent[]>;
  advance(consumer: string, seq: number, tx: Pick<pg.PoolClient, "query">): Promise<void>;
  /** Calls when something may have come. Returns the unsubscriber. */
  onArrival(wake: () => void): () => void;
}

export interface SyncSettings {
  /** Commands in a list request, 1 to 50. */
  readonly batchSize: number;
  readonly intervalMinutes: number;
  /** Requests of all runs that are under way at the same time, at most. */
  readonly readers: number;
  /** Runs that one process works on at the same time. */
  readonly runs: number;
  /** A process that gives no sign of life for so long loses its runs to another. */
  readonly leaseMs: number;
}

export const DEFAULT_SETTINGS: SyncSettings = {
  batchSize: 50,
  intervalMinutes: 30,
  readers: 8,
  runs: 4,
  leaseMs: 15_000,
};

/** Something that others may want to be told. */
export interface News {
  readonly portalId: number;
  readonly event: SubscriptionEvent;
  readonly data: object;
}

export interface SyncDeps {
  readonly db: Database;
  readonly portals: PortalAccess;
  readonly events: EventSource;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: SyncSettings;
  /** Tells those who asked for it outside: exactly if the transaction of `client` commits. */
  readonly announce: (client: Queryable, news: News) => Promise<void>;
  /** Tells everybody that an entity's status changed. */
  readonly publish: (portalId: number, status: EntityStatus) => Promise<void>;
}
