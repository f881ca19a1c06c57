import { createPortalClient, type PortalCredential } from "../../../platform/bitrix/client.ts";
import { systemClock } from "../../../platform/bitrix/clock.ts";
import { createMemoryLimiter } from "../../../platform/bitrix/memory-limiter.ts";
import { createTokenRequests } from "../../../platform/bitrix/oauth-server.ts";
import { type Database, openDatabase } from "../../../platform/db/database.ts";
import { createSecrets } from "../../../platform/secrets/secrets.ts";
import { createApplications } from "../applications.ts";
import { createPortals, type Portals } from "../portals.ts";
import { createTokenKeeper } from "../tokens.ts";

export const OFFICE_SECRET = "a secret key of the tests only";

/** What one process knows of portals: a pool, a registry and token keeping of its own. */
export interface Office {
  readonly db: Database;
  readonly portals: Portals;
  close(): Promise<void>;
}

export interface OfficeOptions {
  readonly url: string;
  readonly application: { readonly clientId: string; readonly clientSecret: string };
  readonly fetch?: typeof globalThis.fetch;
  readonly now?: () => number;
}

export async function openOffice({
  url,
  application,
  fetch,
  now = Date.now,
}: OfficeOptions): Promise<Office> {
  const db = await openDatabase({ url, max: 5 });
  const secrets = createSecrets([OFFICE_SECRET]);
  const given = fetch ? { fetch } : {};
  const tokens = createTokenKeeper({
    db,
    secrets,
    applications: createApplications(db, secrets, application),
    requestToken: createTokenRequests({ clock: systemClock, ...given }),
    log: { info() {}, warn() {}, error() {} },
    now,
  });
  const open = (portalId: number, credential: PortalCredential) =>
    createPortalClient({ portalId, credential, limiter: createMemoryLimiter(), ...given });
  const portals = createPortals({
    db,
    secrets,
    tokens,
    openClient: open,
    openStranger: (credential) => open(0, credential),
  });
  return { db, portals, close: () => db.close() };
}
