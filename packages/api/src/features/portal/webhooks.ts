import type { PortalClient } from "../../platform/bitrix/types.ts";
import { AppError } from "../../platform/http/app-error.ts";
import {
  type Alignment,
  alignBindings,
  type Binding,
  listBindings,
  removeBindings,
  wantedBindings,
} from "./bindings.ts";
import { EVENTS } from "./places.ts";

/** What the portals call us for, beyond what an installation does by itself. */
export interface Webhooks {
  list(portalId: number): Promise<Binding[]>;
  /** @param baseUrl where else the portal is to send its events */
  register(portalId: number, baseUrl?: string): Promise<Pick<Alignment, "made" | "removed">>;
  unregister(portalId: number, baseUrl?: string): Promise<Binding[]>;
  /** Takes away everything that the portal calls us for; nothing to do where no application is installed. */
  clear(portalId: number): Promise<void>;
  /** Makes again what the portal has lost, and takes away what an earlier address of ours has left. */
  check(portalId: number): Promise<Alignment>;
}

export interface WebhooksOptions {
  readonly client: (portalId: number) => Promise<PortalClient>;
  /** Scopes of the installed application; null where there is none. */
  readonly scopesOf: (portalId: number) => Promise<readonly string[] | null>;
  readonly baseUrl: string;
}

/** Where events went before there was one address for everything. */
const OTHER_PATH = "/api/v1/webhooks/bitrix";

export function createWebhooks({ client, scopesOf, baseUrl }: WebhooksOptions): Webhooks {
  /** A webhook may not ask for any of this. @throws AppError app_context_required */
  async function open(portalId: number): Promise<{ portal: PortalClient; buttons: boolean }> {
    const scopes = await scopesOf(portalId);
    if (scopes === null) throw new AppError("app_context_required");
    return { portal: await client(portalId), buttons: scopes.includes("placement") };
  }

  const elsewhere = (base: string | undefined) =>
    base !== undefined && new URL(base).origin !== new URL(baseUrl).origin;

  const eventsAt = (base: string): Binding[] => {
    const handler = `${base.replace(/\/+$/, "")}${OTHER_PATH}`;
    return EVENTS.map((code) => ({ kind: "event", code, handler }));
  };

  async function check(portalId: number): Promise<Alignment> {
    const { portal, buttons } = await open(portalId);
    return alignBindings(portal, wantedBindings(baseUrl, { buttons }));
  }

  return {
    check,
    async clear(portalId) {
      if ((await scopesOf(portalId)) === null) return;
      const { portal, buttons } = await open(portalId);
      await removeBindings(portal, await listBindings(portal, { buttons }));
    },
    async list(portalId) {
      const { portal, buttons } = await open(portalId);
      return listBindings(portal, { buttons });
    },
    async register(portalId, base) {
      if (base === undefined || !elsewhere(base)) return check(portalId);
      const { portal } = await open(portalId);
      return alignBindings(portal, eventsAt(base));
    },
    async unregister(portalId, base) {
      const { portal } = await open(portalId);
      const bound = await listBindings(portal, { buttons: false });
      const ours = elsewhere(base) ? eventsAt(base as string) : wantedBindings(baseUrl, { buttons: false });
      const removed = bound.filter(({ code, handler }) =>
        ours.some((other) => other.code === code && other.handler === handler),
      );
      await removeBindings(portal, removed);
      return removed;
    },
  };
}
