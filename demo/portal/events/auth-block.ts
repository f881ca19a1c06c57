import type { Application } from "../apps/application.ts";
import type { Token } from "../oauth/tokens.ts";
import { isActiveUser } from "../people.ts";
import type { Portal } from "../portal.ts";
import type { FormValue } from "./form.ts";

export type AuthBlock = { [key: string]: FormValue };

/** What every form says of the portal itself. */
export function portalAuth({ address, memberId }: Portal): AuthBlock {
  return {
    domain: address.domain,
    server_endpoint: address.clientEndpoint,
    client_endpoint: address.clientEndpoint,
    member_id: memberId,
  };
}

/** With tokens of a person, to renew or not; without any where nobody acted. */
export function applicationAuth(
  portal: Portal,
  application: Application,
  userId: number,
  renewable: boolean,
): AuthBlock {
  const known = isActiveUser(portal, userId);
  const token = !known
    ? null
    : renewable
      ? portal.tokens.issue(application, userId)
      : portal.tokens.issueForEvent(application, userId);
  return {
    ...(token ? tokenFields(portal, token) : {}),
    ...portalAuth(portal),
    status: "L",
    application_token: application.applicationToken,
  };
}

function tokenFields(portal: Portal, token: Token): AuthBlock {
  return {
    access_token: token.access,
    refresh_token: token.refresh,
    expires: Math.floor(token.expiresAt / 1000),
    expires_in: Math.round((token.expiresAt - portal.clock.now()) / 1000),
    scope: token.scopes.join(","),
    user_id: token.userId,
  };
}
