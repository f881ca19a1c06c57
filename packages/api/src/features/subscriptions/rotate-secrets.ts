import type { Database } from "../../platform/db/database.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import { secretRow } from "./deps.ts";
import { selectSecrets, updateSecret } from "./store/endpoints.ts";

/** Seals again, with the newest key, what older keys have sealed; returns how many. @throws SecretUnreadable */
export async function rotateSecrets(db: Database, secrets: Secrets): Promise<number> {
  const old = (await selectSecrets(db.pool)).filter(({ secret }) => secrets.outdated(secret));
  for (const { id, secret } of old)
    await updateSecret(db.pool, id, secrets.seal(secrets.open(secret, secretRow(id)), secretRow(id)));
  return old.length;
}
