import type { RequestOf } from "./contract/endpoint.ts";
import type {
  changeSubscription,
  createSubscription,
  Delivery,
  deleteSubscription,
  listDeliveries,
  listSubscriptions,
  Subscription,
  testSubscription,
} from "./contract/subscriptions.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";

const LIST: Route<typeof listSubscriptions> = { method: "get", path: "/api/v1/subscriptions" };
const CREATE: Route<typeof createSubscription> = { method: "post", path: "/api/v1/subscriptions" };
const CHANGE: Route<typeof changeSubscription> = { method: "patch", path: "/api/v1/subscriptions/{id}" };
const DELETE: Route<typeof deleteSubscription> = { method: "delete", path: "/api/v1/subscriptions/{id}" };
const TEST: Route<typeof testSubscription> = { method: "post", path: "/api/v1/subscriptions/{id}/test" };
const DELIVERIES: Route<typeof listDeliveries> = {
  method: "get",
  path: "/api/v1/subscriptions/{id}/deliveries",
};

/** An address to be told, and of what. */
export type SubscriptionRequest = RequestOf<typeof createSubscription>["body"];

/** Outgoing webhooks of a portal, for administrators. */
export class Subscriptions {
  readonly #http: Http;

  constructor(http: Http, portal?: string) {
    this.#http = http.of(portal);
  }

  /** Addresses that are told of the portal's events. */
  async list(options: CallOptions = {}): Promise<Subscription[]> {
    return (await this.#http.call<typeof listSubscriptions>(LIST, {}, options)).subscriptions;
  }

  /** Tells an address; its signing secret is in this answer and nowhere else. */
  create(
    request: SubscriptionRequest,
    options: CallOptions = {},
  ): Promise<{ subscription: Subscription; secret: string }> {
    return this.#http.call<typeof createSubscription>(CREATE, { body: request }, options);
  }

  /** Switches an address on or off, or tells it of other events. */
  change(
    id: number,
    change: RequestOf<typeof changeSubscription>["body"],
    options: CallOptions = {},
  ): Promise<Subscription> {
    const request = { params: { id }, body: change };
    return this.#http.call<typeof changeSubscription>(CHANGE, request, options);
  }

  /** Tells an address nothing more. */
  async remove(id: number, options: CallOptions = {}): Promise<void> {
    await this.#http.call<typeof deleteSubscription>(DELETE, { params: { id } }, options);
  }

  /** Sends a test message now and tells what became of it. */
  test(id: number, options: CallOptions = {}): Promise<Delivery> {
    return this.#http.call<typeof testSubscription>(TEST, { params: { id } }, options);
  }

  /** The last messages, newest first. */
  async deliveries(id: number, options: CallOptions = {}): Promise<Delivery[]> {
    const request = { params: { id } };
    return (await this.#http.call<typeof listDeliveries>(DELIVERIES, request, options)).deliveries;
  }
}
