import type { ErrorCode } from "@b24kit/client/contract";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import type { Database } from "../../platform/db/database.ts";
import { toFailure } from "../../platform/http/app-error.ts";
import { proveCaller } from "./prove-caller.ts";
import { deleteApplicationToken } from "./store/event-tokens.ts";
import { clearInstallation, selectInstallation } from "./store/installation.ts";
import type { TokenKeeper } from "./tokens.ts";

export interface UninstallOptions {
  readonly db: Database;
  readonly tokens: TokenKeeper;
  readonly client: (portalId: number) => Promise<PortalClient>;
}

/**
 * The application was taken off the portal at `ts` (Unix time, the portal's clock). Its tokens go, the data stay until
 * somebody disconnects the portal. Word of it may be so late that the application is there again, under the same token:
 * then the portal is asked.
 * @returns false where the application is installed after all
 */
export async function uninstall(
  options: UninstallOptions,
  portalId: number,
  ts: number | null,
): Promise<boolean> {
  const { db, tokens } = options;
  if (await isBackSince(options, portalId, ts)) return false;
  await db.transaction(async (tx) => {
    await deleteApplicationToken(tx, portalId);
    await clearInstallation(tx, portalId, "The application was removed from the portal: install it again.");
  });
  tokens.forget(portalId);
  return true;
}

/** Answers that only a portal without our application gives; a portal that is down says nothing about it. */
const GONE: ReadonlySet<string> = new Set<ErrorCode>([
  "portal_credential_rejected",
  "portal_token_expired",
  "portal_access_denied",
  "application_removed",
  "foreign_application",
]);

async function isBackSince(
  { db, client }: UninstallOptions,
  portalId: number,
  ts: number | null,
): Promise<boolean> {
  const installation = await selectInstallation(db.pool, portalId);
  if (!installation || ts === null || ts * 1_000 >= installation.installedAt.getTime()) return false;
  try {
    const { installed } = await proveCaller(
      await client(portalId),
      (appCode) => appCode === installation.appCode,
    );
    return installed;
  } catch (error) {
    return !GONE.has(toFailure(error).code);
  }
}
