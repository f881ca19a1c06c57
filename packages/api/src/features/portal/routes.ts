import * as contract from "@b24kit/client/contract";
import type { Database } from "../../platform/db/database.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { App } from "../../platform/http/environment.ts";
import { mount } from "../../platform/http/mount.ts";
import type { Applications } from "./applications.ts";
import { disconnectPortal } from "./disconnect-portal.ts";
import { EVENT_PATH, HANDLER_PATH, INSTALL_PATH } from "./places.ts";
import type { Portals } from "./portals.ts";
import type { Session, SessionRequest } from "./sessions.ts";
import { insertWebhookToken } from "./store/event-tokens.ts";
import type { Webhooks } from "./webhooks.ts";

export interface RouteOptions {
  readonly db: Database;
  readonly portals: Portals;
  readonly applications: Applications;
  readonly webhooks: Webhooks;
  /** Where portals reach us. */
  readonly baseUrl: string;
  readonly openSession: (request: SessionRequest) => Promise<Session>;
}

export function routes(app: App, options: RouteOptions): void {
  registryRoutes(app, options.portals);
  portalRoutes(app, options);
  applicationRoutes(app, options);
  webhookRoutes(app, options);
}

/** Portals that are entered by a webhook need no more. */
export function registryRoutes(app: App, portals: Portals): void {
  mount(app, contract.listPortals, async ({ caller }) => ({ portals: await portals.list(caller) }));
  mount(app, contract.connectPortal, ({ body, signal }) => portals.connect(body.webhookUrl, signal));
  mount(app, contract.checkPortal, ({ params, caller, signal }) => portals.check(params.id, caller, signal));
}

function portalRoutes(app: App, { db, portals, webhooks, openSession }: RouteOptions): void {
  mount(app, contract.disconnectPortal, async ({ params, query, caller }) => {
    const portal = await portals.resolve(caller, String(params.id));
    return disconnectPortal(db, portal, query.confirm, () => webhooks.clear(portal.id));
  });
  mount(app, contract.renewPlacementSession, async ({ body }) => {
    const { token, expiresAt } = await openSession({ memberId: body.memberId, accessToken: body.authId });
    return { token, expiresAt };
  });
}

function applicationRoutes(app: App, { applications, baseUrl }: RouteOptions): void {
  const addresses = {
    handler: baseUrl + HANDLER_PATH,
    install: baseUrl + INSTALL_PATH,
    events: baseUrl + EVENT_PATH,
  };
  mount(app, contract.listApplications, async () => ({
    applications: (await applications.list()).map(({ url, clientId }) => ({ url, clientId })),
    ofSettings: applications.ofSettings(),
    addresses,
  }));
  mount(app, contract.putApplication, async ({ body }) => {
    const url = new URL(body.url).origin;
    await applications.put({ ...body, url });
    return { url, clientId: body.clientId };
  });
  mount(app, contract.deleteApplication, async ({ params }) => {
    if (!(await applications.remove(params.host)))
      throw new AppError("not_found", `No application is stored for ${params.host}.`);
    return undefined;
  });
}

function webhookRoutes(app: App, { db, portals, webhooks }: RouteOptions): void {
  mount(app, contract.registerWebhooks, async ({ query, caller }) => {
    const { id } = await portals.resolve(caller, query.portal);
    const { made, removed } = await webhooks.register(id, query.handler_base_url);
    return { made: [...made], removed: [...removed] };
  });
  mount(app, contract.unregisterWebhooks, async ({ query, caller }) => {
    const { id } = await portals.resolve(caller, query.portal);
    return { removed: await webhooks.unregister(id, query.handler_base_url) };
  });
  mount(app, contract.listWebhooks, async ({ query, caller }) => {
    const { id } = await portals.resolve(caller, query.portal);
    return { bindings: await webhooks.list(id) };
  });
  mount(app, contract.putEventToken, async ({ query, body, caller }) => {
    const { id } = await portals.resolve(caller, query.portal);
    await insertWebhookToken(db.pool, id, body.token);
    return undefined;
  });
}
