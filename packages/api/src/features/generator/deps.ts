import type { ErrorCode } from "@b24kit/client/contract";
import type { Caller } from "../../platform/auth/caller.ts";
import type { Clock } from "../../platform/bitrix/clock.ts";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import type { Bus } from "../../platform/bus/bus.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Logger } from "../../platform/log/logger.ts";

/** Topic of the bus and of the WebSocket. */
export const GENERATOR_TOPIC = "generator";

/** What the generator needs of the `portal` feature; app.ts passes it in. */
export interface PortalAccess {
  get(portalId: number): Promise<{ readonly host: string; readonly url: string }>;
  resolve(caller: Caller, name?: string): Promise<{ readonly id: number }>;
  client(portalId: number): Promise<PortalClient>;
  note(portalId: number, failure: { code: ErrorCode; detail: string } | null): Promise<void>;
}

export interface GeneratorSettings {
  /** NUM_COMPANIES and NUM_CONTACTS. */
  readonly companies: number;
  readonly contacts: number;
  /** Milliseconds in which a tab that is gone may come back. */
  readonly graceMs: number;
  /** Milliseconds between a write without an answer and the look for what became of it. */
  readonly breathMs: number;
  /** Runs that one process works on at the same time. */
  readonly runs: number;
}

export const DEFAULT_SETTINGS: GeneratorSettings = {
  companies: 100,
  contacts: 100,
  graceMs: 15_000,
  breathMs: 5_000,
  runs: 4,
};

export interface GeneratorDeps {
  readonly db: Database;
  readonly bus: Pick<Bus, "publish" | "subscribe">;
  readonly portals: PortalAccess;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: GeneratorSettings;
}

/** Whose runs these are: a person is a kind of credential and its subject, on one portal. */
export interface Owner {
  readonly portalId: number;
  readonly person: string;
}

export function ownerOf(portalId: number, { kind, subject }: Caller): Owner {
  return { portalId, person: `${kind}:${subject}` };
}
