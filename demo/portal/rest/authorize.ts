import { isActiveUser } from "../people.ts";
import { asText } from "../php.ts";
import type { Portal } from "../portal.ts";
import { expiredToken, invalidCredentials, RestError } from "./error.ts";
import type { Caller } from "./method.ts";
import type { Params } from "./params.ts";
import type { RestPath } from "./path.ts";

/** Finds out who calls, by webhook or by token, or refuses in the portal's words. */
export function authorize(portal: Portal, { webhook }: RestPath, params: Params): Caller {
  return webhook ? authorizeWebhook(portal, webhook) : authorizeToken(portal, params.get("auth"));
}

function authorizeWebhook(portal: Portal, webhook: { userId: number; code: string }): Caller {
  const known = portal.webhooks.get(webhook.code);
  if (!known || known.userId !== webhook.userId) throw invalidCredentials();
  requireActive(portal, known.userId);
  return { credential: `webhook ${webhook.code}`, userId: known.userId, scopes: known.scopes };
}

function authorizeToken(portal: Portal, auth: unknown): Caller {
  const text = asText(auth);
  if (text === "") throw new RestError("NO_AUTH_FOUND", "Wrong authorization data", 401);
  const token = portal.tokens.get(text);
  if (!token) throw new RestError("invalid_token", "Unable to get application by token", 401);
  if (!portal.applications.get(token.clientId)) {
    throw new RestError("APPLICATION_NOT_FOUND", "Application not found", 401);
  }
  if (token.expiresAt <= portal.clock.now()) throw expiredToken();
  requireActive(portal, token.userId);
  const { clientId, userId } = token;
  return { credential: `application ${clientId}`, userId, scopes: new Set(token.scopes), clientId };
}

function requireActive(portal: Portal, userId: number): void {
  if (!isActiveUser(portal, userId))
    throw new RestError("authorization_error", "Unable to authorize user", 401);
}
