import { z } from "zod";
import { formText, type PhpForm } from "../../platform/bitrix/php-form.ts";
import { DEFAULT_AUTH_SERVER } from "../../platform/bitrix/portal-guard.ts";
import { AppError } from "../../platform/http/app-error.ts";

/** Tokens as a portal delivers them. Nothing in here is true until the portal has been asked. */
export interface DeliveredAuth {
  readonly memberId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** `https://<portal>/rest/` */
  readonly endpoint: string;
  readonly serverEndpoint: string;
  readonly applicationToken: string | undefined;
}

/** A host, perhaps with a port, and nothing behind it. */
export const hostName = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i;

const text = z.string().min(1).max(2_000);
const Delivered = z.object({
  memberId: text.max(64),
  accessToken: text,
  refreshToken: text,
  endpoint: z.url({ protocol: /^https?$/ }),
  serverEndpoint: z.url({ protocol: /^https?$/ }),
  applicationToken: text.optional(),
});

/** What the frame's POST carries; the portal's address is in the query. @throws AppError bad_request */
export function readFrameAuth(form: PhpForm, query: Readonly<Record<string, string>>): DeliveredAuth {
  const domain = query.DOMAIN ?? formText(form, "DOMAIN") ?? "";
  const protocol = (query.PROTOCOL ?? formText(form, "PROTOCOL")) === "0" ? "http" : "https";
  return parse({
    memberId: formText(form, "member_id"),
    accessToken: formText(form, "AUTH_ID"),
    refreshToken: formText(form, "REFRESH_ID"),
    endpoint: hostName.test(domain) ? `${protocol}://${domain}/rest/` : undefined,
    serverEndpoint: formText(form, "SERVER_ENDPOINT") || DEFAULT_AUTH_SERVER,
    applicationToken: formText(form, "APPLICATION_TOKEN") || undefined,
  });
}

/** What ONAPPINSTALL carries. @throws AppError bad_request */
export function readEventAuth(form: PhpForm): DeliveredAuth {
  return parse({
    memberId: formText(form, "auth", "member_id"),
    accessToken: formText(form, "auth", "access_token"),
    refreshToken: formText(form, "auth", "refresh_token"),
    endpoint: formText(form, "auth", "client_endpoint"),
    serverEndpoint: formText(form, "auth", "server_endpoint") || DEFAULT_AUTH_SERVER,
    applicationToken: formText(form, "auth", "application_token") || undefined,
  });
}

function parse(found: Readonly<Record<string, string | undefined>>): DeliveredAuth {
  const parsed = Delivered.safeParse(found);
  if (!parsed.success)
    throw new AppError("bad_request", "This is not what a portal sends when it opens an application.");
  return { ...parsed.data, applicationToken: parsed.data.applicationToken };
}
