import type { Delivery } from "@b24kit/client/contract";
import { deliverMessage } from "./deliver-message.ts";
import type { SubscriptionDeps } from "./deps.ts";
import { messageBody } from "./message-body.ts";
import { insertTest, selectDeliveries } from "./store/messages.ts";

/** Sends a message of the type `test` now and once, also to an address that is switched off. */
export async function sendTest(deps: SubscriptionDeps, endpointId: number): Promise<Delivery> {
  const { leaseSeconds } = deps;
  const body = messageBody("test", deps.now(), { text: "It works. / Всё работает." });
  const message = await insertTest(deps.db.pool, endpointId, { event: "test", body, leaseSeconds });
  await deliverMessage(deps, message, { once: true });
  const deliveries = await selectDeliveries(deps.db.pool, endpointId, 200);
  const delivery = deliveries.find(({ id }) => id === message.id);
  if (delivery === undefined) throw new Error("a message that was just sent cannot be found");
  return delivery;
}
