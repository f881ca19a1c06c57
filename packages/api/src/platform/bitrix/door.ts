import { moveWebhookAddress, type WebhookAddress } from "./webhook-address.ts";

/** Where a portal's methods are, whichever credential opens them. */
export interface Door {
  readonly origin: string;
  readonly host: string;
  /** Address of a method. Secret where the credential is part of the path. */
  url(method: string): string;
  /** The same at another origin: where a renamed portal has gone. */
  moved(origin: string): Door;
}

export function webhookDoor(address: WebhookAddress): Door {
  return {
    origin: address.origin,
    host: address.host,
    url: (method) => address.base + method,
    moved: (origin) => webhookDoor(moveWebhookAddress(address, origin)),
  };
}

/** @param endpoint `https://<portal>/rest/`; the token travels in the body */
export function tokenDoor(endpoint: string): Door {
  const { origin, host, pathname } = new URL(endpoint);
  const path = `${pathname.replace(/\/+$/, "")}/`;
  return {
    origin,
    host,
    url: (method) => `${origin}${path}${method}`,
    moved: (to) => tokenDoor(`${new URL(to).origin}${path}`),
  };
}
