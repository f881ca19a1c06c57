import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { errorCodes } from "./errors.ts";
import { PageToken } from "./session.ts";

/** One connected Bitrix24 portal, as callers may see it: never a credential. */
export const Portal = z.object({
  id: z.number().int(),
  host: z.string().describe("Host of the portal, with the port where it is not the default one"),
  url: z.string().describe("Origin of the portal, to build links to its records"),
  state: z.enum(["connected", "unreachable", "reauthorise"]),
  error: z.object({ code: z.enum(errorCodes), detail: z.string() }).nullable(),
  access: z
    .array(z.enum(["application", "webhook"]))
    .describe("How we get in; where both are there, the application is used"),
  scopes: z.array(z.string()).describe("What the installed application may do"),
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

/** Removes a portal with everything that was kept of it. */
export const disconnectPortal = {
  id: "disconnectPortal",
  method: "delete",
  path: "/api/v1/portals/{id}",
  tag: "portal",
  summary: "Disconnect a portal and remove its data; the host must be repeated",
  access: "admin",
  params: z.object({ id: z.coerce.number().int() }),
  query: z.object({
    confirm: z.string().max(255).optional().describe("The portal's host, as a confirmation"),
  }),
  status: 200,
  response: z.object({
    host: z.string(),
    tables: z.number().int().describe("Tables of the mirror"),
    rows: z.number().int().describe("Records in them, estimated"),
    events: z.number().int().describe("Events that were kept"),
    unbound: z.boolean().describe("Whether the portal could be told to forget us"),
  }),
  errors: ["unknown_portal", "confirmation_required"],
} as const satisfies Endpoint;

/** A page in a frame of the portal renews its token by one that the portal has given it. */
export const renewPlacementSession = {
  id: "renewPlacementSession",
  method: "post",
  path: "/api/v1/portals/session",
  tag: "portal",
  summary: "Token for a page in a frame of the portal, for an access token of our application",
  access: "public",
  body: z.object({ memberId: z.string().min(1).max(64), authId: z.string().min(1).max(2_000) }),
  status: 200,
  response: PageToken,
  errors: ["unknown_portal", "foreign_application", "portal_unreachable"],
} as const satisfies Endpoint;

/** A local application: it lives on one portal and has credentials of its own there. */
export const LocalApplication = z.object({
  url: z.url({ protocol: /^https?$/ }).describe("Origin of the portal that the application lives on"),
  clientId: z.string().regex(/^(local|app)\.[\w.]+$/),
});
export type LocalApplication = z.infer<typeof LocalApplication>;

export const listApplications = {
  id: "listApplications",
  method: "get",
  path: "/api/v1/portals/applications",
  tag: "portal",
  summary:
    "Local applications beside the one of the settings, and what an application's card in a portal needs",
  access: "admin",
  status: 200,
  response: z.object({
    applications: z.array(LocalApplication),
    ofSettings: z.string().nullable().describe("Client id of the application of the settings"),
    addresses: z.object({
      handler: z
        .url()
        .describe("Handler of the application: opened in frames, and where the consent page leads back"),
      install: z.url().describe("Initial installation path"),
      events: z.url().describe("Where an outgoing webhook sends its events"),
    }),
  }),
} as const satisfies Endpoint;

export const putApplication = {
  id: "putApplication",
  method: "post",
  path: "/api/v1/portals/applications",
  tag: "portal",
  summary: "Store a portal's local application; its secret is never shown again",
  access: "admin",
  body: LocalApplication.extend({ clientSecret: z.string().min(8).max(200) }),
  status: 201,
  response: LocalApplication,
} as const satisfies Endpoint;

/** What the addresses and applications are for an administrator who sets one up. */
export type Applications = z.infer<(typeof listApplications)["response"]>;

export const deleteApplication = {
  id: "deleteApplication",
  method: "delete",
  path: "/api/v1/portals/applications/{host}",
  tag: "portal",
  summary: "Forget a portal's local application",
  access: "admin",
  params: z.object({ host: z.string().max(255) }),
  status: 204,
  errors: ["not_found"],
} as const satisfies Endpoint;

/** One thing that a portal calls us for. */
export const PortalBinding = z.object({
  kind: z.enum(["placement", "event"]),
  code: z.string().describe("e.g. CRM_DEAL_LIST_TOOLBAR or ONCRMDEALADD"),
  handler: z.string().describe("The address that the portal calls"),
});
export type PortalBinding = z.infer<typeof PortalBinding>;

const handlerQuery = PortalQuery.extend({
  handler_base_url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Where the portal reaches this API; PUBLIC_URL by default"),
});

export const registerWebhooks = {
  id: "registerWebhooks",
  method: "post",
  path: "/api/v1/webhooks/register",
  tag: "portal",
  summary: "Subscribe to the portal's events; done by every installation and start anyway",
  access: "admin",
  query: handlerQuery,
  status: 200,
  response: z.object({ made: z.array(PortalBinding), removed: z.array(PortalBinding) }),
  errors: ["portal_required", "unknown_portal", "app_context_required", "application_removed"],
} as const satisfies Endpoint;

export const unregisterWebhooks = {
  id: "unregisterWebhooks",
  method: "delete",
  path: "/api/v1/webhooks/unregister",
  tag: "portal",
  summary: "Unsubscribe from the portal's events",
  access: "admin",
  query: handlerQuery,
  status: 200,
  response: z.object({ removed: z.array(PortalBinding) }),
  errors: ["portal_required", "unknown_portal", "app_context_required", "application_removed"],
} as const satisfies Endpoint;

export const listWebhooks = {
  id: "listWebhooks",
  method: "get",
  path: "/api/v1/webhooks/registered",
  tag: "portal",
  summary: "What the portal calls us for",
  access: "admin",
  query: PortalQuery,
  status: 200,
  response: z.object({ bindings: z.array(PortalBinding) }),
  errors: ["portal_required", "unknown_portal", "app_context_required", "application_removed"],
} as const satisfies Endpoint;

/** For portals that are connected by webhooks only: their events come by an outgoing webhook, made there by hand. */
export const putEventToken = {
  id: "putEventToken",
  method: "post",
  path: "/api/v1/webhooks/token",
  tag: "portal",
  summary: "Store the token of an outgoing webhook, whose events are then accepted",
  access: "admin",
  query: PortalQuery,
  body: z.object({ token: z.string().min(16).max(200) }),
  status: 204,
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;
