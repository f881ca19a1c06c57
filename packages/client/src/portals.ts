import type { ResponseOf } from "./contract/endpoint.ts";
import type { checkPortal, connectPortal, disconnectPortal, listPortals, Portal } from "./contract/portal.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";

const LIST: Route<typeof listPortals> = { method: "get", path: "/api/v1/portals" };
const CONNECT: Route<typeof connectPortal> = { method: "post", path: "/api/v1/portals" };
const CHECK: Route<typeof checkPortal> = { method: "post", path: "/api/v1/portals/{id}/check" };
const DISCONNECT: Route<typeof disconnectPortal> = { method: "delete", path: "/api/v1/portals/{id}" };

/** What went with a portal that was disconnected. */
export type Disconnected = ResponseOf<typeof disconnectPortal>;

/** Connected Bitrix24 portals. */
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
}
