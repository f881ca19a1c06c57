export type { PortalControl } from "./control/control.ts";
export { type RunningPortal, type StartPortalOptions, startPortal } from "./start-portal.ts";
