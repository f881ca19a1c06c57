import type { Database } from "../../platform/db/database.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import { sealTokens, type Tokens } from "./credential.ts";
import { schemaName } from "./register-portal.ts";
import { updateApplicationToken } from "./store/event-tokens.ts";
import { clearHost, selectPortalIdOf, updateInstallation } from "./store/installation.ts";
import { insertPortal, lockPortalByHost, takePortalNumber } from "./store.ts";

/** What an installation that was proven brings. */
export interface Installation {
  /** The portal's number at its auth server: the same through every renaming. */
  readonly memberId: string;
  /** `https://<portal>/rest/` */
  readonly endpoint: string;
  readonly serverEndpoint: string;
  readonly clientId: string;
  /** What `app.info` calls the application. */
  readonly appCode: string;
  readonly scopes: readonly string[];
  readonly tokens: Tokens;
  /** Comes with every event; unknown until the portal has told it. */
  readonly applicationToken?: string | undefined;
}

/**
 * One row a portal: the one that has its number, else the one that a webhook made for its host. It keeps its id, its
 * schema and its data; tokens, address and scopes are the new ones. Returns the portal's id.
 */
export async function registerInstallation(
  db: Database,
  secrets: Secrets,
  installation: Installation,
): Promise<number> {
  const { host, origin: url } = new URL(installation.endpoint);
  return db.transaction(async (tx) => {
    const ofHost = await lockPortalByHost(tx, host);
    const sameHost = ofHost && (ofHost.memberId ?? installation.memberId) === installation.memberId;
    const known = (await selectPortalIdOf(tx, installation.memberId)) ?? (sameHost ? ofHost.id : null);
    const id = known ?? (await takePortalNumber(tx));
    // Another portal had this name once, or was entered by a webhook before this one moved here: it keeps its data.
    if (ofHost && ofHost.id !== id) await clearHost(tx, ofHost.id);
    if (known === null) await insertPortal(tx, { id, host, url, schema: schemaName(id), credential: null });
    const oauth = sealTokens(secrets, id, installation.tokens);
    await updateInstallation(tx, { ...installation, portalId: id, host, url, oauth });
    if (installation.applicationToken !== undefined)
      await updateApplicationToken(tx, id, installation.applicationToken);
    return id;
  });
}
