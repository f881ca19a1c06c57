import type { Portal } from "../portal.ts";
import { invalidCredentials, RestError } from "./error.ts";
import type { Caller } from "./method.ts";
import type { Params } from "./params.ts";
import type { RestPath } from "./path.ts";

/** Finds out who calls, or refuses in the portal's words. */
export function authorize(portal: Portal, { webhook }: RestPath, params: Params): Caller {
  if (!webhook) {
    if (!params.get("auth")) throw new RestError("NO_AUTH_FOUND", "Wrong authorization data", 401);
    throw new RestError("invalid_token", "Unable to get application by token", 401);
  }
  const known = portal.webhooks.get(webhook.code);
  if (!known || known.userId !== webhook.userId) throw invalidCredentials();
  const user = portal.crm.users.find((row) => Number(row.ID) === known.userId);
  if (user?.ACTIVE !== true) throw new RestError("authorization_error", "Unable to authorize user", 401);
  return { credential: `webhook ${webhook.code}`, userId: known.userId, scopes: known.scopes };
}
