import type { PageToken, Right } from "@b24kit/client/contract";
import type { PageTokens } from "../../platform/auth/page-token.ts";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import type { Database } from "../../platform/db/database.ts";
import { AppError } from "../../platform/http/app-error.ts";
import { proveCaller } from "./prove-caller.ts";
import { updateApplicationToken } from "./store/event-tokens.ts";
import { selectInstallationOf, updateAddress } from "./store/installation.ts";

export interface SessionOptions {
  readonly db: Database;
  readonly pageTokens: PageTokens;
  readonly openWithToken: (endpoint: string, accessToken: string) => PortalClient;
}

/** What a frame may do, for ten minutes, on one portal, for one person. */
export interface Session extends PageToken {
  readonly portalId: number;
  /** Origin of the portal: the only one that may show the page in a frame. */
  readonly url: string;
  readonly host: string;
  readonly userId: number;
  /** False until `installFinish`. */
  readonly installed: boolean;
}

export interface SessionRequest {
  readonly memberId: string;
  readonly accessToken: string;
  /** Comes with the frame; kept where an administrator brought it and none was known. */
  readonly applicationToken?: string | undefined;
}

const RIGHTS: Readonly<Record<"person" | "administrator", readonly Right[]>> = {
  person: ["data:read"],
  administrator: ["data:read", "sync:run", "generator:run"],
};

/**
 * A session for whoever opened the frame. Asks at the address that was stored, whatever the request says about one:
 * another application's token, or one of another portal, brings none.
 * @throws AppError unknown_portal, foreign_application; PortalError
 */
export async function openSession(options: SessionOptions, request: SessionRequest): Promise<Session> {
  const { db, pageTokens, openWithToken } = options;
  const installation = await selectInstallationOf(db.pool, request.memberId);
  if (!installation) throw new AppError("unknown_portal", "The application is not installed on this portal.");
  const { portalId, endpoint, appCode } = installation;
  const client = openWithToken(endpoint, request.accessToken);
  const caller = await proveCaller(client, (code) => code === appCode).catch((error: unknown) =>
    Promise.reject(asForeign(error)),
  );
  if (caller.admin && request.applicationToken)
    await updateApplicationToken(db.pool, portalId, request.applicationToken);
  const token = await pageTokens.mint({
    subject: `portal-${portalId}-user-${caller.userId}`,
    rights: RIGHTS[caller.admin ? "administrator" : "person"],
    portals: [portalId],
  });
  const url = await currentOrigin(db, portalId, endpoint, client.host);
  const { host } = new URL(url);
  return { ...token, portalId, url, host, userId: caller.userId, installed: caller.installed };
}

/** Where the portal lives now: the stored address, asked, has led there. Only that origin will show the page. */
async function currentOrigin(
  db: Database,
  portalId: number,
  endpoint: string,
  host: string,
): Promise<string> {
  const { origin, protocol } = new URL(endpoint);
  const now = `${protocol}//${host}`;
  if (now !== origin) await updateAddress(db.pool, portalId, origin, now);
  return now;
}

/** To a visitor a token that the portal does not know is somebody else's, not a fault of ours. */
function asForeign(error: unknown): unknown {
  const { code, status } = error as { code?: string; status?: number };
  const refused =
    code === "portal_credential_rejected" || (code === "portal_token_expired" && status === 401);
  return refused ? new AppError("foreign_application", "The portal does not know this token.") : error;
}
