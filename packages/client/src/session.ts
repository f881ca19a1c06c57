import type { ResponseOf } from "./contract/endpoint.ts";
import type { getHealth } from "./contract/health.ts";
import type { whoAmI } from "./contract/session.ts";
import type { CallOptions, Http, Route } from "./transport/http.ts";

const WHO: Route<typeof whoAmI> = { method: "get", path: "/api/v1/session" };
const HEALTH: Route<typeof getHealth> = { method: "get", path: "/health" };

export type Session = ResponseOf<typeof whoAmI>;
export type Health = ResponseOf<typeof getHealth>;

/** Whether the API and its database work. */
export function health(http: Http, options: CallOptions = {}): Promise<Health> {
  return http.call<typeof getHealth>(HEALTH, {}, options);
}

/** Who the credential stands for and what it may do. */
export function whoami(http: Http, options: CallOptions = {}): Promise<Session> {
  return http.call<typeof whoAmI>(WHO, {}, options);
}
