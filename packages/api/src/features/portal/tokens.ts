import { setTimeout as delay } from "node:timers/promises";
import { PortalError } from "../../platform/bitrix/errors.ts";
import type { RequestToken, TokenGrant } from "../../platform/bitrix/oauth-server.ts";
import type { TokenSource } from "../../platform/bitrix/token-source.ts";
import type { Database } from "../../platform/db/database.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { Logger } from "../../platform/log/logger.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import type { Applications } from "./applications.ts";
import { openTokens, sealTokens, type Tokens } from "./credential.ts";
import { exclusively } from "./exclusively.ts";
import { type InstallationRow, markDead, selectInstallation, updateTokens } from "./store/installation.ts";
import type { Queryable } from "./store/queryable.ts";

export interface TokenKeeperOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly applications: Applications;
  readonly requestToken: RequestToken;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
  readonly now: () => number;
  /** Told when a portal begins to wait for a person. */
  readonly onDead?: (portalId: number) => void;
}

/** Keeps the tokens of installed applications, one source a portal and process. */
export interface TokenKeeper {
  source(portalId: number): TokenSource;
  /** Drops what is remembered of a portal whose installation has changed. */
  forget(portalId: number): void;
}

/** `kept`: the refused token is the newest one, and not because of its age. */
type Renewal = "replaced" | "kept" | "dead";

/** Tries to keep tokens that the portal has given already: without them the installation is lost. */
const KEEPING_TRIES = 6;
const KEEPING_PAUSE_MS = 1_000;

export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeper {
  const sources = new Map<number, TokenSource & { forget(): void }>();
  return {
    source(portalId) {
      let source = sources.get(portalId);
      if (!source) {
        source = createSource(options, portalId);
        sources.set(portalId, source);
      }
      return source;
    },
    forget: (portalId) => sources.get(portalId)?.forget(),
  };
}

function createSource(options: TokenKeeperOptions, portalId: number): TokenSource & { forget(): void } {
  const { db, secrets, now } = options;
  let current: Tokens | null = null;
  let renewing: Promise<Renewal> | null = null;

  const open = (row: InstallationRow): Tokens => {
    if (row.state === "dead") throw needsPerson();
    try {
      return openTokens(secrets, portalId, row.oauth);
    } catch (cause) {
      throw new AppError("portal_credential_rejected", UNREADABLE, { cause });
    }
  };

  /** One process at a time; whoever waited finds the tokens that the first one brought. */
  function renew(refused: string, portalCode: string): Promise<Renewal> {
    return exclusively(db, `portal.tokens:${portalId}`, async (client) => {
      const row = requireInstallation(await selectInstallation(client, portalId));
      current = null;
      const known = open(row);
      current = known;
      if (known.accessToken !== refused) return "replaced";
      if (!hasExpired(known, portalCode, now())) return "kept";
      const granted = await request(options, row, known.refreshToken);
      if (granted === null) {
        if (await markDead(client, portalId, row.oauth, DEAD_DETAIL)) options.onDead?.(portalId);
        current = null;
        return "dead";
      }
      const fresh = toTokens(granted, now());
      await keep(options, client, row, sealTokens(secrets, portalId, fresh));
      current = fresh;
      return "replaced";
    });
  }

  return {
    async access() {
      if (current === null) current = open(requireInstallation(await selectInstallation(db.pool, portalId)));
      return current.accessToken;
    },
    async refused(token, portalCode) {
      if (current !== null && current.accessToken !== token) return true;
      renewing ??= renew(token, portalCode).finally(() => {
        renewing = null;
      });
      const outcome = await renewing;
      if (outcome === "dead") throw needsPerson();
      return outcome === "replaced";
    },
    forget() {
      current = null;
    },
  };
}

const UNREADABLE =
  "The stored tokens cannot be opened with this SECRET_KEY: give the earlier key back, or install again.";

const DEAD_DETAIL = "The refresh token is not accepted any more: install the application again.";

function needsPerson(detail = DEAD_DETAIL): PortalError {
  return new PortalError({ code: "portal_token_expired", method: "oauth.token", outcome: "refused", detail });
}

function requireInstallation(row: InstallationRow | null): InstallationRow {
  if (row !== null) return row;
  throw needsPerson("The application is not installed on the portal any more.");
}

/** A portal forgets old tokens, and then calls them invalid instead of expired. */
function hasExpired(tokens: Tokens, portalCode: string, now: number): boolean {
  const code = portalCode.toLowerCase();
  return code === "expired_token" || (code === "invalid_token" && tokens.expiresAt <= now);
}

/** Null where only a person can help. */
async function request(
  { applications, requestToken }: TokenKeeperOptions,
  { clientId, serverEndpoint }: InstallationRow,
  refreshToken: string,
): Promise<TokenGrant | null> {
  const { clientSecret } = await applications.require(clientId);
  try {
    return await requestToken({ serverEndpoint, clientId, clientSecret, grant: { refreshToken } });
  } catch (error) {
    if (error instanceof PortalError && error.code === "portal_token_expired") return null;
    throw error;
  }
}

export function toTokens({ accessToken, refreshToken, expiresIn }: TokenGrant, now: number): Tokens {
  return { accessToken, refreshToken, expiresAt: now + expiresIn * 1_000 };
}

/**
 * Written before anybody uses them. The old refresh token is spent, so a database that fails now is asked again, on
 * another connection.
 */
async function keep(
  { db, log }: TokenKeeperOptions,
  client: Queryable,
  { portalId, oauth: before }: InstallationRow,
  oauth: string,
): Promise<void> {
  try {
    await updateTokens(client, portalId, before, oauth);
    return;
  } catch (error) {
    log.warn({ err: error, portal: portalId }, "renewed tokens could not be kept; trying again");
  }
  for (let left = KEEPING_TRIES; ; left -= 1) {
    await delay(KEEPING_PAUSE_MS);
    try {
      await updateTokens(db.pool, portalId, before, oauth);
      return;
    } catch (error) {
      if (left <= 1) throw error;
    }
  }
}
