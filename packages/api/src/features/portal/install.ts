import type { RequestToken, TokenGrant } from "../../platform/bitrix/oauth-server.ts";
import { DEFAULT_AUTH_SERVER, type PortalGuard } from "../../platform/bitrix/portal-guard.ts";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import type { Database } from "../../platform/db/database.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { Logger } from "../../platform/log/logger.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import type { Applications } from "./applications.ts";
import { alignBindings, readScopes, wantedBindings } from "./bindings.ts";
import { type DeliveredAuth, hostName } from "./delivered-auth.ts";
import type { InstallStates } from "./install-state.ts";
import { type ProvenCaller, proveCaller } from "./prove-caller.ts";
import { registerInstallation } from "./register-installation.ts";
import { type Attempt, insertAttempt, takeAttempt } from "./store/attempts.ts";
import { selectInstallationOf } from "./store/installation.ts";
import { type TokenKeeper, toTokens } from "./tokens.ts";

export interface InstallOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  readonly guard: PortalGuard;
  readonly applications: Applications;
  readonly requestToken: RequestToken;
  readonly tokens: TokenKeeper;
  readonly states: InstallStates;
  /** Calls a portal with a token that is not stored (yet). */
  readonly openWithToken: (endpoint: string, accessToken: string) => PortalClient;
  /** Where the portal reaches us. */
  readonly baseUrl: string;
  readonly log: Pick<Logger, "info" | "warn">;
  readonly now: () => number;
}

/** What an installation has done, for the page that tells it. */
export interface Installed {
  readonly portalId: number;
  readonly host: string;
  /** Origin of the portal. */
  readonly url: string;
  readonly buttons: number;
  readonly events: number;
  readonly scopes: readonly string[];
  /** The portal waits for `installFinish` from the frame. */
  readonly finish: boolean;
  readonly language: "ru" | "en";
}

export interface Installs {
  /** Address of the portal's consent page. @throws AppError portal_domain_invalid, application_not_configured */
  begin(domain: string, language: "ru" | "en"): Promise<string>;
  /** The way back from the consent page. @throws AppError install_state_invalid and whatever the installation meets */
  finish(answer: { code: string; state: string; authServer?: string | undefined }): Promise<Installed>;
  /** Tokens that the portal has delivered itself: to the frame, or by ONAPPINSTALL to an application without a face. */
  accept(auth: DeliveredAuth, options: { face: boolean; language: "ru" | "en" }): Promise<Installed>;
}

/** What the mirror cannot do without, and what the buttons cannot. */
const NEEDED = { face: ["crm", "placement"], faceless: ["crm"] } as const;

export function createInstalls(options: InstallOptions): Installs {
  const { db, guard, applications, states } = options;

  return {
    async begin(domain, language) {
      const url = await guard.readDomain(domain);
      const { clientId } = await applications.forHost(new URL(url).host);
      const { id, state } = states.make();
      await insertAttempt(db.pool, { id, url, clientId, language });
      const address = new URL("/oauth/authorize/", url);
      address.search = new URLSearchParams({ client_id: clientId, state }).toString();
      return address.href;
    },
    async finish({ code, state, authServer }) {
      const id = states.read(state);
      const attempt = id === null ? null : await takeAttempt(db.pool, id);
      if (attempt === null) throw new AppError("install_state_invalid");
      const grant = await exchange(options, attempt, code, authServer);
      return install(options, grant, attempt.clientId, { face: true, language: attempt.language });
    },
    async accept(auth, { face, language }) {
      await guard.requirePortal(auth.endpoint);
      const stranger = options.openWithToken(auth.endpoint, auth.accessToken);
      const caller = await proveCaller(stranger, (code) => isOurCode(options, code));
      const clientId = await clientOf(options, caller, auth);
      const { serverEndpoint, refreshToken } = auth;
      await guard.requireAuthServer(serverEndpoint);
      const { clientSecret } = await applications.require(clientId);
      // Only the auth server knows for certain which portal this is; and the tokens become ours alone by it.
      const grant = await options
        .requestToken({ serverEndpoint, clientId, clientSecret, grant: { refreshToken } })
        .catch((error: unknown) => Promise.reject(asSpent(error)));
      if (grant.memberId !== auth.memberId)
        throw new AppError(
          "foreign_application",
          "The tokens belong to another portal than the request says.",
        );
      return install(options, grant, clientId, { face, language, applicationToken: auth.applicationToken });
    },
  };
}

/** A form that is sent twice brings tokens that the first one has used up. */
function asSpent(error: unknown): unknown {
  const spent = (error as { code?: string }).code === "portal_token_expired";
  return spent ? new AppError("install_state_invalid", "The tokens of this request are used up.") : error;
}

/** A local application is called by its client id; one from the market by a name that its installation has told. */
async function isOurCode({ applications }: InstallOptions, code: string): Promise<boolean> {
  if (await applications.isOurs(code)) return true;
  return applications.ofMarket() !== null && !code.startsWith("local.");
}

async function clientOf(
  { db, applications }: InstallOptions,
  { appCode }: ProvenCaller,
  { memberId }: DeliveredAuth,
): Promise<string> {
  if (await applications.isOurs(appCode)) return appCode;
  const known = await selectInstallationOf(db.pool, memberId);
  const clientId = known?.appCode === appCode ? known.clientId : applications.ofMarket();
  if (clientId !== null) return clientId;
  throw new AppError("foreign_application");
}

/** The code lives for thirty seconds and serves once. */
async function exchange(
  { guard, applications, requestToken }: InstallOptions,
  { url, clientId }: Attempt,
  code: string,
  authServer: string | undefined,
): Promise<TokenGrant> {
  const { clientSecret } = await applications.require(clientId);
  if (authServer && !hostName.test(authServer))
    throw new AppError("portal_domain_invalid", "The answer names an auth server that is none.");
  const serverEndpoint = authServer ? `${new URL(url).protocol}//${authServer}/rest/` : DEFAULT_AUTH_SERVER;
  await guard.requireAuthServer(serverEndpoint);
  return requestToken({ serverEndpoint, clientId, clientSecret, grant: { code } }).catch((error: unknown) =>
    Promise.reject(asSpent(error)),
  );
}

interface InstallContext {
  readonly face: boolean;
  readonly language: "ru" | "en";
  readonly applicationToken?: string | undefined;
}

/** Checks what the tokens may do, binds, and only then keeps them: what fails before leaves nothing behind. */
async function install(
  options: InstallOptions,
  grant: TokenGrant,
  clientId: string,
  { face, language, applicationToken }: InstallContext,
): Promise<Installed> {
  const { db, secrets, guard, tokens, openWithToken, baseUrl, log, now } = options;
  await guard.requirePortal(grant.endpoint);
  // It will be told our secret at every renewal.
  await guard.requireAuthServer(grant.serverEndpoint);
  const client = openWithToken(grant.endpoint, grant.accessToken);
  const caller = await proveCaller(client, (code) => code === clientId || isOurCode(options, code));
  if (!caller.admin)
    throw new AppError(
      "portal_access_denied",
      "Only an administrator of the portal can install the application.",
    );
  const scopes = await readScopes(client);
  const missing = NEEDED[face ? "face" : "faceless"].filter((scope) => !scopes.includes(scope));
  if (missing.length > 0)
    throw new AppError("insufficient_scope", `The application lacks the scope: ${missing.join(", ")}.`);
  const wanted = wantedBindings(baseUrl, { scopes, buttons: face });
  await alignBindings(client, wanted);
  const { memberId, endpoint, serverEndpoint } = grant;
  const { appCode } = caller;
  const portalId = await registerInstallation(db, secrets, {
    ...{ memberId, endpoint, serverEndpoint, clientId, appCode, scopes, applicationToken },
    tokens: toTokens(grant, now()),
  });
  tokens.forget(portalId);
  const { host, origin: url } = new URL(endpoint);
  log.info({ portal: portalId, host }, "the application was installed");
  // The portal answers with an event, which brings the token that proves all later ones.
  await client.call("event.test", {}, { idempotent: true }).catch(() => {});
  const buttons = wanted.filter(({ kind }) => kind === "placement").length;
  return {
    ...{ portalId, host, url, buttons, scopes, language },
    events: wanted.length - buttons,
    finish: !caller.installed,
  };
}
