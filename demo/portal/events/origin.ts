import { asText } from "../php.ts";
import type { Call } from "../rest/method.ts";

/** What made a change: an application is spared the offline events of its own writes, by connector. */
export interface EventOrigin {
  /** client_id; null where a webhook, a person or the portal itself wrote. */
  clientId: string | null;
  /** The `auth_connector` that the call named, or "". */
  connector: string;
}

/** Nobody in particular: robots, agents, the emulator. */
export const NO_ORIGIN: EventOrigin = { clientId: null, connector: "" };

export function originOf({ caller, params }: Pick<Call, "caller" | "params">): EventOrigin {
  return { clientId: caller.clientId ?? null, connector: asText(params.get("auth_connector")) };
}
