import type { WebhookAddress } from "../../platform/bitrix/webhook-address.ts";
import type { Database } from "../../platform/db/database.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import { openCredential, sealCredential } from "./credential.ts";
import { insertPortal, lockPortalByHost, takePortalNumber, updateCredential } from "./store.ts";

/** Mirror schema of the portal with this number: `crm`, then `crm_2`, `crm_3`… */
export function schemaName(number: number): string {
  return number === 1 ? "crm" : `crm_${number}`;
}

/**
 * One row per host: a portal that is known gets the new credential and keeps its id, its schema and its data.
 * Returns the portal's id.
 */
export async function registerPortal(
  db: Database,
  secrets: Secrets,
  webhook: WebhookAddress,
): Promise<number> {
  return db.transaction(async (tx) => {
    const known = await lockPortalByHost(tx, webhook.host);
    const id = known?.id ?? (await takePortalNumber(tx));
    const credential = sealCredential(secrets, id, { kind: "webhook", url: webhook.base });
    if (known === null) {
      await insertPortal(tx, {
        id,
        host: webhook.host,
        url: webhook.origin,
        schema: schemaName(id),
        credential,
      });
    } else if (!sameCredential(secrets, id, known.credential, webhook.base)) {
      await updateCredential(tx, id, webhook.origin, credential);
    }
    return id;
  });
}

/** A credential of an older key, or one that cannot be opened any more, counts as another: it is sealed anew. */
function sameCredential(secrets: Secrets, id: number, sealed: string | null, url: string): boolean {
  if (sealed === null || secrets.outdated(sealed)) return false;
  try {
    return openCredential(secrets, id, sealed).url === url;
  } catch {
    return false;
  }
}
