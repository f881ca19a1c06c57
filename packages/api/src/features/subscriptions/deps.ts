import type { Caller } from "../../platform/auth/caller.ts";
import type { Bus } from "../../platform/bus/bus.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Logger } from "../../platform/log/logger.ts";
import type { Outside } from "../../platform/outside/post-outside.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";

export interface SubscriptionDeps {
  readonly db: Database;
  readonly bus: Pick<Bus, "publish" | "subscribe">;
  readonly log: Logger;
  readonly secrets: Secrets;
  readonly outside: Outside;
  /** The portal that a request speaks of; app.ts passes it in. */
  readonly resolvePortal: (caller: Caller, name?: string) => Promise<{ readonly id: number }>;
  readonly now: () => number;
  readonly random: () => number;
  /** After so many seconds without word of an attempt another process makes it. Longer than an attempt can take. */
  readonly leaseSeconds: number;
}

/** Where a secret lies, for sealing. */
export const secretRow = (id: number): string => `subscriptions_endpoints.secret:${id}`;
