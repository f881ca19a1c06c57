import type { LocalApplication, Portal, Rebound } from "@b24kit/client";
import { FactEvent, RequestEvent } from "../core/index.ts";

/** The list of portals was read, or has changed. */
export class PortalsEvent extends FactEvent<{ portals: readonly Portal[] }> {
  constructor(detail: { portals: readonly Portal[] }) {
    super("b24-portals-listed", detail);
  }
}

/** A portal was connected by its webhook. */
export class PortalConnectedEvent extends FactEvent<{ portal: Portal }> {
  constructor(detail: { portal: Portal }) {
    super("b24-portal-connected", detail);
  }
}

/** A portal is to be removed with its data. `preventDefault()` keeps it. */
export class PortalRemoveEvent extends RequestEvent<{ portal: Portal }> {
  constructor(detail: { portal: Portal }) {
    super("b24-portal-remove", detail);
  }
}

/** An installation is asked for at this domain. `preventDefault()` keeps the element from leaving the page. */
export class InstallStartEvent extends RequestEvent<{ domain: string }> {
  constructor(detail: { domain: string }) {
    super("b24-install-start", detail);
  }
}

/** The keys of a portal's local application were kept. */
export class ApplicationKeptEvent extends FactEvent<{ application: LocalApplication }> {
  constructor(detail: { application: LocalApplication }) {
    super("b24-application-kept", detail);
  }
}

/** The keys of a local application are to be forgotten. `preventDefault()` keeps them. */
export class ApplicationRemoveEvent extends RequestEvent<{ application: LocalApplication }> {
  constructor(detail: { application: LocalApplication }) {
    super("b24-application-remove", detail);
  }
}

/** What the portal calls us for was made as it should be. */
export class BindingsRestoredEvent extends FactEvent<Rebound> {
  constructor(detail: Rebound) {
    super("b24-bindings-restored", detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    "b24-portals-listed": PortalsEvent;
    "b24-portal-connected": PortalConnectedEvent;
    "b24-portal-remove": PortalRemoveEvent;
    "b24-install-start": InstallStartEvent;
    "b24-application-kept": ApplicationKeptEvent;
    "b24-application-remove": ApplicationRemoveEvent;
    "b24-bindings-restored": BindingsRestoredEvent;
  }
}
