import type { Database } from "../../platform/db/database.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import {
  openClientSecret,
  openCredential,
  openTokens,
  sealClientSecret,
  sealCredential,
  sealTokens,
} from "./credential.ts";
import { exclusively } from "./exclusively.ts";
import { selectApplications, upsertApplication } from "./store/applications.ts";
import { selectInstallation, updateTokens } from "./store/installation.ts";
import { selectPortals, updateCredential } from "./store.ts";

/**
 * Seals again, with the newest key, what older keys have sealed; returns how many values there were. May run beside a
 * working installation: tokens are taken while nobody renews them.
 * @throws SecretUnreadable where a value's key is not among those given
 */
export async function rotateKeys(db: Database, secrets: Secrets): Promise<number> {
  let count = 0;
  for (const { id, url, credential } of await selectPortals(db.pool)) {
    if (credential !== null && secrets.outdated(credential)) {
      await updateCredential(
        db.pool,
        id,
        url,
        sealCredential(secrets, id, openCredential(secrets, id, credential)),
      );
      count += 1;
    }
    count += await exclusively(db, `portal.tokens:${id}`, async (client) => {
      const row = await selectInstallation(client, id);
      if (row === null || !secrets.outdated(row.oauth)) return 0;
      await updateTokens(client, id, row.oauth, sealTokens(secrets, id, openTokens(secrets, id, row.oauth)));
      return 1;
    });
  }
  for (const row of await selectApplications(db.pool)) {
    if (!secrets.outdated(row.clientSecret)) continue;
    const secret = openClientSecret(secrets, row.clientId, row.clientSecret);
    await upsertApplication(db.pool, {
      ...row,
      clientSecret: sealClientSecret(secrets, row.clientId, secret),
    });
    count += 1;
  }
  return count;
}
