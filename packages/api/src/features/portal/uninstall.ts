import type { Database } from "../../platform/db/database.ts";
import { deleteApplicationToken } from "./store/event-tokens.ts";
import { clearInstallation } from "./store/installation.ts";
import type { TokenKeeper } from "./tokens.ts";

/** The application was taken off the portal. Its tokens go, the data stay until somebody disconnects the portal. */
export async function uninstall(db: Database, tokens: TokenKeeper, portalId: number): Promise<void> {
  await db.transaction(async (tx) => {
    await deleteApplicationToken(tx, portalId);
    await clearInstallation(tx, portalId, "The application was removed from the portal: install it again.");
  });
  tokens.forget(portalId);
}
