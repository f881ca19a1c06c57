import type { Application } from "../apps/application.ts";
import { isActiveUser } from "../people.ts";
import { asText } from "../php.ts";
import type { Portal } from "../portal.ts";
import { RestError } from "../rest/error.ts";
import type { Params } from "../rest/params.ts";
import type { Token } from "./tokens.ts";

/** `/oauth/token/`: a code or a refresh token becomes an access token. Throws the auth server's refusals. */
export function answerTokenRequest(portal: Portal, params: Params): Record<string, unknown> {
  const grant = asText(params.get("grant_type"));
  if (grant !== "authorization_code" && grant !== "refresh_token") {
    throw new RestError("invalid_request", "Unsupported or missing grant_type");
  }
  const application = requireClient(portal, params);
  return grant === "refresh_token"
    ? refresh(portal, application, asText(params.get("refresh_token")))
    : exchange(portal, application, asText(params.get("code")));
}

function requireClient(portal: Portal, params: Params): Application {
  const application = portal.applications.remember(asText(params.get("client_id")));
  if (!application || application.clientSecret !== asText(params.get("client_secret"))) {
    throw new RestError("invalid_client", "Client not found or wrong client_secret", 401);
  }
  if (application.removed) throw new RestError("NOT_INSTALLED", "Application not installed", 401);
  return application;
}

function exchange(portal: Portal, application: Application, text: string): Record<string, unknown> {
  const code = portal.tokens.takeCode(text, application.clientId);
  if (!code || !isActiveUser(portal, code.userId)) throw invalidGrant();
  portal.stats.codesExchanged++;
  return describe(portal, portal.tokens.issue(application, code.userId));
}

function refresh(portal: Portal, application: Application, text: string): Record<string, unknown> {
  const known = portal.tokens.renewable(text);
  if (known?.clientId !== application.clientId || !isActiveUser(portal, known.userId)) throw invalidGrant();
  portal.stats.tokensRefreshed++;
  const token = portal.tokens.issue(application, known.userId, text);
  const { expiresAt, userId } = token;
  return { ...describe(portal, token), expires: Math.floor(expiresAt / 1000), user_id: userId };
}

const invalidGrant = () => new RestError("invalid_grant", "Invalid or expired grant");

/** `domain` is the auth server's here, and the auth server is the portal itself. */
function describe({ address, memberId }: Portal, token: Token): Record<string, unknown> {
  return {
    access_token: token.access,
    refresh_token: token.refresh,
    expires_in: Math.round((token.expiresAt - token.issuedAt) / 1000),
    client_endpoint: address.clientEndpoint,
    server_endpoint: address.clientEndpoint,
    domain: address.domain,
    member_id: memberId,
    scope: token.scopes.join(","),
    status: "L",
  };
}
