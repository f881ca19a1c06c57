import type { ResponseOf } from "./contract/endpoint.ts";
import type {
  Applications,
  checkPortal,
  connectPortal,
  deleteApplication,
  disconnectPortal,
  LocalApplication,
  listApplications,
  listPortals,
  listWebhooks,
  Portal,
  PortalBinding,
  putApplication,
  putEventToken,
  registerWebhooks,
} from "./contract/portal.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";

const LIST: Route<typeof listPortals> = { method: "get", path: "/api/v1/portals" };
const CONNECT: Route<typeof connectPortal> = { method: "post", path: "/api/v1/portals" };
const CHECK: Route<typeof checkPortal> = { method: "post", path: "/api/v1/portals/{id}/check" };
const DISCONNECT: Route<typeof disconnectPortal> = { method: "delete", path: "/api/v1/portals/{id}" };
const APPLICATIONS: Route<typeof listApplications> = { method: "get", path: "/api/v1/portals/applications" };
const PUT_APPLICATION: Route<typeof putApplication> = {
  method: "post",
  path: "/api/v1/portals/applications",
};
const REMOVE_APPLICATION: Route<typeof deleteApplication> = {
  method: "delete",
  path: "/api/v1/portals/applications/{host}",
};
const BINDINGS: Route<typeof listWebhooks> = { method: "get", path: "/api/v1/webhooks/registered" };
const BIND: Route<typeof registerWebhooks> = { method: "post", path: "/api/v1/webhooks/register" };
const EVENT_TOKEN: Route<typeof putEventToken> = { method: "post", path: "/api/v1/webhooks/token" };

/** What went with a portal that was disconnected. */
export type Disconnected = ResponseOf<typeof disconnectPortal>;

/** What the portal calls us for, after it was made as it should be. */
export type Rebound = ResponseOf<typeof registerWebhooks>;

/** Connected Bitrix24 portals, their applications and what they call us for. */
export class Portals {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Portals that the caller may see. */
  async list(options: CallOptions = {}): Promise<Portal[]> {
    return (await this.#http.call<typeof listPortals>(LIST, {}, options)).portals;
  }

  /** Connects a portal by an incoming webhook's address, which the API keeps encrypted. */
  connect(webhookUrl: string, options: CallOptions = {}): Promise<Portal> {
    return this.#http.call<typeof connectPortal>(
      CONNECT,
      { body: { webhookUrl } },
      { timeout: 60_000, ...options },
    );
  }

  /** Asks the portal whether the credential still works. */
  check(id: number, options: CallOptions = {}): Promise<Portal> {
    return this.#http.call<typeof checkPortal>(CHECK, { params: { id } }, { timeout: 60_000, ...options });
  }

  /** Removes a portal with all data that was kept of it; its host confirms that this is meant. */
  disconnect(id: number, host: string, options: CallOptions = {}): Promise<Disconnected> {
    const request = { params: { id }, query: { confirm: host } };
    return this.#http.call<typeof disconnectPortal>(DISCONNECT, request, { timeout: 60_000, ...options });
  }

  /** Local applications, and the addresses that a new one's card in the portal needs. */
  applications(options: CallOptions = {}): Promise<Applications> {
    return this.#http.call<typeof listApplications>(APPLICATIONS, {}, options);
  }

  /** Keeps a portal's local application; its secret is stored encrypted and never shown again. */
  putApplication(
    application: LocalApplication & { clientSecret: string },
    options: CallOptions = {},
  ): Promise<LocalApplication> {
    return this.#http.call<typeof putApplication>(PUT_APPLICATION, { body: application }, options);
  }

  /** Forgets the local application of the portal with this host. */
  async removeApplication(host: string, options: CallOptions = {}): Promise<void> {
    await this.#http.call<typeof deleteApplication>(REMOVE_APPLICATION, { params: { host } }, options);
  }

  /** Buttons and events that the portal calls us for; `app_context_required` where no application is installed. */
  async bindings(options: CallOptions = {}): Promise<PortalBinding[]> {
    return (await this.#http.call<typeof listWebhooks>(BINDINGS, {}, options)).bindings;
  }

  /** Makes again what the portal has lost, and takes away what an earlier address of ours has left. */
  restoreBindings(options: CallOptions = {}): Promise<Rebound> {
    return this.#http.call<typeof registerWebhooks>(BIND, {}, options);
  }

  /** Keeps the token of an outgoing webhook that was made in the portal: its events are accepted from now on. */
  async putEventToken(token: string, options: CallOptions = {}): Promise<void> {
    await this.#http.call<typeof putEventToken>(EVENT_TOKEN, { body: { token } }, options);
  }
}
