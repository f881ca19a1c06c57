import * as contract from "@b24kit/client/contract";
import { type Caller, callerName } from "../../platform/auth/caller.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { App } from "../../platform/http/environment.ts";
import { mount } from "../../platform/http/mount.ts";
import { createSubscription } from "./create-subscription.ts";
import type { SubscriptionDeps } from "./deps.ts";
import { sendTest } from "./send-test.ts";
import { deleteEndpoint, selectEndpoint, selectEndpoints, updateEndpoint } from "./store/endpoints.ts";
import { selectDeliveries } from "./store/messages.ts";

interface Asked {
  caller: Caller;
  params: { id: number };
  query: { portal?: string | undefined } | undefined;
}

export function routes(app: App, deps: SubscriptionDeps, wake: () => Promise<void>): void {
  const { db, resolvePortal } = deps;

  /** The subscription that a request speaks of, of a portal that its caller may see. */
  async function find({ caller, params, query }: Asked) {
    const portal = await resolvePortal(caller, query?.portal);
    const subscription = await selectEndpoint(db.pool, portal.id, params.id);
    if (subscription === null)
      throw new AppError("not_found", `The portal has no subscription ${params.id}.`);
    return { portalId: portal.id, subscription };
  }

  mount(app, contract.listSubscriptions, async ({ caller, query }) => {
    const portal = await resolvePortal(caller, query?.portal);
    return { subscriptions: await selectEndpoints(db.pool, portal.id) };
  });
  mount(app, contract.createSubscription, async ({ caller, query, body }) => {
    const portal = await resolvePortal(caller, query?.portal);
    const createdBy = callerName(caller);
    return createSubscription(deps, { ...body, portalId: portal.id, createdBy });
  });
  mount(app, contract.changeSubscription, async (input) => {
    const { portalId } = await find(input);
    const { enabled = null, events = null } = input.body;
    await updateEndpoint(db.pool, portalId, input.params.id, { enabled, events });
    if (enabled) await wake();
    return (await find(input)).subscription;
  });
  mount(app, contract.deleteSubscription, async (input) => {
    const { portalId } = await find(input);
    await deleteEndpoint(db.pool, portalId, input.params.id);
    return undefined;
  });
  mount(app, contract.testSubscription, async (input) => {
    const { subscription } = await find(input);
    return sendTest(deps, subscription.id);
  });
  mount(app, contract.listDeliveries, async (input) => {
    const { subscription } = await find(input);
    return { deliveries: await selectDeliveries(db.pool, subscription.id, input.query?.limit ?? 20) };
  });
}
