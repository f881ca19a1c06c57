import type { PortalClient } from "../../platform/bitrix/types.ts";
import { AppError } from "../../platform/http/app-error.ts";
import {
  type Alignment,
  alignBindings,
  type Binding,
  listBindings,
  readScopes,
  removeBindings,
  wantedBindings,
} from "./bindings.ts";
import { EVENT_PATH, eventsOf } from "./places.ts";

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
  /** Whether an application of ours is installed there. */
  readonly isInstalled: (portalId: number) => Promise<boolean>;
  readonly baseUrl: string;
}

interface Opened {
  readonly portal: PortalClient;
  readonly scopes: readonly string[];
  /** Whether buttons may be set. */
  readonly buttons: boolean;
}

/** Where events went before there was one address for everything. */
const OTHER_PATH = "/api/v1/webhooks/bitrix";

export function createWebhooks({ client, isInstalled, baseUrl }: WebhooksOptions): Webhooks {
  /** A webhook may not ask for any of this. @throws AppError app_context_required, application_removed */
  async function open(portalId: number): Promise<Opened> {
    const portal = await client(portalId);
    if (!(await isInstalled(portalId))) throw new AppError("app_context_required");
    const scopes = await readScopes(portal);
    return { portal, scopes, buttons: scopes.includes("placement") };
  }

  const elsewhere = (base: string | undefined) =>
    base !== undefined && new URL(base).origin !== new URL(baseUrl).origin;

  const otherHandler = (base: string) => `${base.replace(/\/+$/, "")}${OTHER_PATH}`;

  async function check(portalId: number): Promise<Alignment> {
    const { portal, ...may } = await open(portalId);
    return alignBindings(portal, wantedBindings(baseUrl, may));
  }

  return {
    check,
    async clear(portalId) {
      if (!(await isInstalled(portalId))) return;
      const { portal, buttons } = await open(portalId);
      await removeBindings(portal, await listBindings(portal, { buttons }));
    },
    async list(portalId) {
      const { portal, buttons } = await open(portalId);
      return listBindings(portal, { buttons });
    },
    async register(portalId, base) {
      if (base === undefined || !elsewhere(base)) return check(portalId);
      const { portal, scopes } = await open(portalId);
      const handler = otherHandler(base);
      return alignBindings(
        portal,
        eventsOf(scopes).map((code) => ({ kind: "event", code, handler })),
      );
    },
    async unregister(portalId, base) {
      const { portal } = await open(portalId);
      const bound = await listBindings(portal, { buttons: false });
      const ours = base !== undefined && elsewhere(base) ? otherHandler(base) : baseUrl + EVENT_PATH;
      const removed = bound.filter(({ handler }) => handler === ours);
      await removeBindings(portal, removed);
      return removed;
    },
  };
}
