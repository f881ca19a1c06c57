export * from "./core/index.ts";
export { ProviderErrorEvent } from "./provider/events.ts";
export { B24Provider } from "./provider/provider.ts";
export { SyncCancelEvent, SyncFinishedEvent, SyncStartEvent, SyncStartedEvent } from "./sync/events.ts";
export { B24SyncStatus } from "./sync/sync-status/sync-status.ts";
