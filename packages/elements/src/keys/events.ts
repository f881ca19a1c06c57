import type { ApiKey } from "@b24kit/client";
import { FactEvent, RequestEvent } from "../core/index.ts";

/** A key was made. Its secret is not in the event: only the person sees it. */
export class KeyCreatedEvent extends FactEvent<{ key: ApiKey }> {
  constructor(detail: { key: ApiKey }) {
    super("b24-key-created", detail);
  }
}

/** A key is to be ended for good. `preventDefault()` keeps it. */
export class KeyRevokeEvent extends RequestEvent<{ key: ApiKey }> {
  constructor(detail: { key: ApiKey }) {
    super("b24-key-revoke", detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    "b24-key-created": KeyCreatedEvent;
    "b24-key-revoke": KeyRevokeEvent;
  }
}
