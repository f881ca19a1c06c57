import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { errorCodes } from "./errors.ts";
import { PortalQuery } from "./portal.ts";
import { Label } from "./queries.ts";

const timestamp = z.iso.datetime({ offset: true });

/** What can be told to others. `data` of a run is `{portal, label, run}`, of a schema `{portal, label, entity, added, retyped}`. */
export const SubscriptionEvent = z.enum(["sync.run.finished", "sync.run.failed", "sync.schema.changed"]);
export type SubscriptionEvent = z.infer<typeof SubscriptionEvent>;

/** An address that is told of a portal's events, by the Standard Webhooks specification. Never with its secret. */
export const Subscription = z.object({
  id: z.number().int(),
  url: z.string(),
  events: z.array(SubscriptionEvent),
  createdAt: timestamp,
  enabled: z.boolean(),
  disabledReason: z
    .enum(["person", "failures", "gone"])
    .nullable()
    .describe("`failures`: none arrived for a day; `gone`: the address answered 410"),
  pending: z.number().int().describe("Messages that are still to arrive"),
  lastDeliveredAt: timestamp.nullable(),
  failingSince: timestamp.nullable(),
});
export type Subscription = z.infer<typeof Subscription>;

/** One message and what became of it. */
export const Delivery = z.object({
  id: z.string().describe("The header webhook-id: the same at every attempt"),
  event: z.string(),
  about: z
    .object({ entity: z.string(), label: Label.nullable(), run: z.number().int().nullable() })
    .nullable()
    .describe(
      "What it tells of: the entity, what people call it, and the run where one ended; null for a test",
    ),
  createdAt: timestamp,
  state: z.enum(["pending", "delivered", "failed"]),
  attempts: z.number().int(),
  nextAttemptAt: timestamp.nullable(),
  status: z.number().int().nullable().describe("HTTP status of the last answer"),
  error: z.object({ code: z.enum(errorCodes), detail: z.string() }).nullable(),
  milliseconds: z.number().int().nullable().describe("Length of the last attempt"),
});
export type Delivery = z.infer<typeof Delivery>;

const params = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) });
const events = z.array(SubscriptionEvent).min(1);

export const listSubscriptions = {
  id: "listSubscriptions",
  method: "get",
  path: "/api/v1/subscriptions",
  tag: "subscriptions",
  summary: "Addresses that are told of the portal's events",
  access: "admin",
  query: PortalQuery,
  status: 200,
  response: z.object({ subscriptions: z.array(Subscription) }),
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;

export const createSubscription = {
  id: "createSubscription",
  method: "post",
  path: "/api/v1/subscriptions",
  tag: "subscriptions",
  summary: "Tell an address of the portal's events; its signing secret is shown this once",
  access: "admin",
  query: PortalQuery,
  body: z.object({ url: z.string().min(1).max(2048), events }),
  status: 201,
  response: z.object({
    subscription: Subscription,
    secret: z.string().describe("`whsec_…`: signs every message by Standard Webhooks (HMAC-SHA256)"),
  }),
  errors: ["portal_required", "unknown_portal", "address_refused"],
} as const satisfies Endpoint;

export const changeSubscription = {
  id: "changeSubscription",
  method: "patch",
  path: "/api/v1/subscriptions/{id}",
  tag: "subscriptions",
  summary: "Switch an address on or off, or tell it of other events",
  access: "admin",
  params,
  query: PortalQuery,
  body: z.object({ enabled: z.boolean().optional(), events: events.optional() }),
  status: 200,
  response: Subscription,
  errors: ["portal_required", "unknown_portal", "not_found"],
} as const satisfies Endpoint;

export const deleteSubscription = {
  id: "deleteSubscription",
  method: "delete",
  path: "/api/v1/subscriptions/{id}",
  tag: "subscriptions",
  summary: "Tell an address nothing more; what has not arrived is dropped",
  access: "admin",
  params,
  query: PortalQuery,
  status: 204,
  errors: ["portal_required", "unknown_portal", "not_found"],
} as const satisfies Endpoint;

export const testSubscription = {
  id: "testSubscription",
  method: "post",
  path: "/api/v1/subscriptions/{id}/test",
  tag: "subscriptions",
  summary: "Send a message of the type `test` now, once, and tell what became of it",
  access: "admin",
  params,
  query: PortalQuery,
  status: 200,
  response: Delivery,
  errors: ["portal_required", "unknown_portal", "not_found"],
} as const satisfies Endpoint;

export const listDeliveries = {
  id: "listDeliveries",
  method: "get",
  path: "/api/v1/subscriptions/{id}/deliveries",
  tag: "subscriptions",
  summary: "The last messages of an address, newest first; kept for 30 days",
  access: "admin",
  params,
  query: PortalQuery.extend({ limit: z.coerce.number().int().min(1).max(200).default(20) }),
  status: 200,
  response: z.object({ deliveries: z.array(Delivery) }),
  errors: ["portal_required", "unknown_portal", "not_found"],
} as const satisfies Endpoint;
