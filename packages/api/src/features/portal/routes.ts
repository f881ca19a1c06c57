import { checkPortal, connectPortal, listPortals } from "@b24kit/client/contract";
import type { App } from "../../platform/http/environment.ts";
import { mount } from "../../platform/http/mount.ts";
import type { Portals } from "./portals.ts";

export function routes(app: App, portals: Portals): void {
  mount(app, listPortals, async ({ caller }) => ({ portals: await portals.list(caller) }));
  mount(app, connectPortal, ({ body, signal }) => portals.connect(body.webhookUrl, signal));
  mount(app, checkPortal, ({ params, caller, signal }) => portals.check(params.id, caller, signal));
}
