import type { RequestOf } from "./contract/endpoint.ts";
import type { ApiKey, createKey, listKeys, revokeKey } from "./contract/keys.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";

const CREATE: Route<typeof createKey> = { method: "post", path: "/api/v1/keys" };
const LIST: Route<typeof listKeys> = { method: "get", path: "/api/v1/keys" };
const REVOKE: Route<typeof revokeKey> = { method: "delete", path: "/api/v1/keys/{id}" };

/** What a new key may do, see and outlive. */
export type KeyRequest = RequestOf<typeof createKey>["body"];

/** API keys, for administrators. */
export class Keys {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Makes a key; its secret is in this answer and nowhere else. */
  create(request: KeyRequest, options: CallOptions = {}): Promise<{ key: ApiKey; secret: string }> {
    return this.#http.call<typeof createKey>(CREATE, { body: request }, options);
  }

  /** Newest first, revoked ones included. */
  async list(options: CallOptions = {}): Promise<ApiKey[]> {
    return (await this.#http.call<typeof listKeys>(LIST, {}, options)).keys;
  }

  /** Ends a key for good. */
  async revoke(id: string, options: CallOptions = {}): Promise<void> {
    await this.#http.call<typeof revokeKey>(REVOKE, { params: { id } }, options);
  }
}
