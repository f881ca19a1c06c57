import {
  cancelSync,
  getRunLog,
  getSyncConfig,
  getSyncLimits,
  getSyncStatus,
  listSyncRuns,
  pauseSync,
  putSyncConfig,
  reconcileSync,
  resumeSync,
  startSync,
} from "@b24kit/client/contract";
import type { App } from "../../platform/http/environment.ts";
import { mount } from "../../platform/http/mount.ts";
import type { Sync } from "./sync.ts";

export function routes(app: App, sync: Sync): void {
  mount(app, startSync, async ({ caller, params, query, body }) => {
    const portal = await sync.portals.resolve(caller, query?.portal);
    return sync.start({ portalId: portal.id, entity: params.entity, type: body.sync_type, cause: "person" });
  });
  mount(app, cancelSync, async ({ caller, params, query }) => {
    const portal = await sync.portals.resolve(caller, query?.portal);
    return sync.cancel(portal.id, params.entity);
  });
  mount(app, getSyncStatus, async ({ caller, query }) => {
    const portal = await sync.portals.resolve(caller, query?.portal);
    return sync.status(portal.id);
  });
  mount(app, reconcileSync, async ({ caller, params, query }) => {
    const portal = await sync.portals.resolve(caller, query?.portal);
    return sync.start({ portalId: portal.id, entity: params.entity, type: "reconcile", cause: "person" });
  });
  mount(app, pauseSync, async ({ caller, params, query }) => {
    const portal = await sync.portals.resolve(caller, query?.portal);
    return sync.pause(portal.id, params.entity, "pause");
  });
  mount(app, resumeSync, async ({ caller, params, query }) => {
    const portal = await sync.portals.resolve(caller, query?.portal);
    return sync.pause(portal.id, params.entity, "unpause");
  });
  mount(app, getRunLog, async ({ caller, params, query }) => {
    const portal = await sync.portals.resolve(caller, query?.portal);
    return sync.log(portal.id, params.id);
  });
  mount(app, listSyncRuns, async ({ caller, query }) => {
    const { portal: name, limit = 20, ...asked } = query ?? {};
    const portal = await sync.portals.resolve(caller, name);
    return { runs: await sync.runs(portal.id, { ...asked, limit }) };
  });
  mount(app, getSyncLimits, async ({ caller, query }) => {
    const portal = await sync.portals.resolve(caller, query?.portal);
    return sync.limits(portal.id);
  });
  mount(app, getSyncConfig, async ({ caller, query }) => {
    const portal = await sync.portals.resolve(caller, query?.portal);
    return sync.config(portal.id);
  });
  mount(app, putSyncConfig, async ({ caller, query, body }) => {
    const portal = await sync.portals.resolve(caller, query?.portal);
    return sync.configure(portal.id, body);
  });
}
