export { B24Chart } from "./core/chart/chart.ts";
export * from "./core/index.ts";
export { TableOpenEvent, TableSortedEvent } from "./core/table/events.ts";
export { B24Table } from "./core/table/table.ts";
export { ProviderErrorEvent } from "./provider/events.ts";
export { B24Provider } from "./provider/provider.ts";
export { SyncCancelEvent, SyncFinishedEvent, SyncStartEvent, SyncStartedEvent } from "./sync/events.ts";
export { B24SyncStatus } from "./sync/sync-status/sync-status.ts";
