import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { errorCodes } from "./errors.ts";

/** One connected Bitrix24 portal, as callers may see it: never a credential. */
export const Portal = z.object({
  id: z.number().int(),
  host: z.string().describe("Host of the portal, with the port where it is not the default one"),
  url: z.string().describe("Origin of the portal, to build links to its records"),
  state: z.enum(["connected", "unreachable", "reauthorise"]),
  error: z.object({ code: z.enum(errorCodes), detail: z.string() }).nullable(),
});
export type Portal = z.infer<typeof Portal>;

/** Where a request may name its portal: by host or by id. Needed only when several are connected. */
export const PortalQuery = z.object({
  portal: z.string().max(255).optional().describe("Portal's host or id"),
});

export const listPortals = {
  id: "listPortals",
  method: "get",
  path: "/api/v1/portals",
  tag: "portal",
  summary: "Portals that the caller may see",
  access: "data:read",
  status: 200,
  response: z.object({ portals: z.array(Portal) }),
} as const satisfies Endpoint;

export const connectPortal = {
  id: "connectPortal",
  method: "post",
  path: "/api/v1/portals",
  tag: "portal",
  summary: "Connect a portal by an incoming webhook address",
  access: "admin",
  body: z.object({ webhookUrl: z.string().max(2048) }),
  status: 201,
  response: Portal,
  errors: [
    "portal_url_invalid",
    "portal_unreachable",
    "portal_not_bitrix",
    "portal_credential_rejected",
    "insufficient_scope",
  ],
} as const satisfies Endpoint;

/** Asks the portal itself: credential, scopes, answering time. */
export const checkPortal = {
  id: "checkPortal",
  method: "post",
  path: "/api/v1/portals/{id}/check",
  tag: "portal",
  summary: "Ask the portal whether our credential still works",
  access: "sync:run",
  params: z.object({ id: z.coerce.number().int() }),
  status: 200,
  response: Portal,
  errors: ["unknown_portal"],
} as const satisfies Endpoint;
