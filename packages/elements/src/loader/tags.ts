/** Every element and where its code is; the provider first, as the others wait for it. */
export const tags: Readonly<Record<string, () => Promise<unknown>>> = {
  "b24-provider": () => import("../provider/provider.define.ts"),
  "b24-chart": () => import("../core/chart/chart.define.ts"),
  "b24-table": () => import("../core/table/table.define.ts"),
  "b24-sign-in": () => import("../session/sign-in/sign-in.define.ts"),
  "b24-install": () => import("../portal/install/install.define.ts"),
  "b24-portals": () => import("../portal/portals/portals.define.ts"),
  "b24-keys": () => import("../keys/keys.define.ts"),
  "b24-health": () => import("../health/health.define.ts"),
  "b24-sync-status": () => import("../sync/sync-status/sync-status.define.ts"),
};
