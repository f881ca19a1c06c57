import type { Subscription } from "@b24kit/client";
import { FactEvent, RequestEvent } from "../core/index.ts";

/** An address is told from now on. Its secret is not in the event: only the person sees it. */
export class SubscriptionCreatedEvent extends FactEvent<{ subscription: Subscription }> {
  constructor(detail: { subscription: Subscription }) {
    super("b24-subscription-created", detail);
  }
}

/** An address is to be switched on or off. `preventDefault()` leaves it as it is. */
export class SubscriptionSwitchEvent extends RequestEvent<{ subscription: Subscription; enabled: boolean }> {
  constructor(detail: { subscription: Subscription; enabled: boolean }) {
    super("b24-subscription-switch", detail);
  }
}

/** An address is to be told nothing more. `preventDefault()` keeps it. */
export class SubscriptionRemoveEvent extends RequestEvent<{ subscription: Subscription }> {
  constructor(detail: { subscription: Subscription }) {
    super("b24-subscription-remove", detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    "b24-subscription-created": SubscriptionCreatedEvent;
    "b24-subscription-switch": SubscriptionSwitchEvent;
    "b24-subscription-remove": SubscriptionRemoveEvent;
  }
}
