import { randomBytes } from "node:crypto";
import type { Subscription, SubscriptionEvent } from "@b24kit/client/contract";
import { type SubscriptionDeps, secretRow } from "./deps.ts";
import { insertEndpoint, nextEndpointId, selectEndpoint } from "./store/endpoints.ts";

/** By the specification between 24 and 64. */
const SECRET_BYTES = 32;

/** Makes a subscription; its secret is in this answer and nowhere else. @throws AppError address_refused */
export async function createSubscription(
  { db, outside, secrets }: SubscriptionDeps,
  request: {
    portalId: number;
    url: string;
    events: readonly SubscriptionEvent[];
    createdBy: string;
  },
): Promise<{ subscription: Subscription; secret: string }> {
  await outside.require(request.url);
  const id = await nextEndpointId(db.pool);
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
  await insertEndpoint(db.pool, {
    ...request,
    id,
    url: new URL(request.url).href,
    events: [...new Set(request.events)],
    secret: secrets.seal(secret, secretRow(id)),
  });
  const subscription = await selectEndpoint(db.pool, request.portalId, id);
  if (subscription === null) throw new Error("a subscription that was just made cannot be found");
  return { subscription, secret };
}
