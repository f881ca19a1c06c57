export { B24AiChart } from "./charts/ai-chart/ai-chart.ts";
export { B24ChartEmbed } from "./charts/chart-embed/chart-embed.ts";
export { B24ChartPicture } from "./charts/chart-picture/chart-picture.ts";
export { B24ChartSettings } from "./charts/chart-settings/chart-settings.ts";
export { B24Dashboard } from "./charts/dashboard/dashboard.ts";
export {
  ChartAnsweredEvent,
  ChartAskEvent,
  ChartFailedEvent,
  ChartSavedEvent,
  ChartSettingsSavedEvent,
  DashboardSavedEvent,
} from "./charts/events.ts";
export { B24Schema } from "./charts/schema/schema.ts";
export { B24Chart } from "./core/chart/chart.ts";
export type { ChartGrain } from "./core/chart/chart-grain.ts";
export { CHART_TYPES, type ChartType, type Stack } from "./core/chart/chart-type.ts";
export {
  ChartEmbedEvent,
  ChartFormEvent,
  ChartSelectEvent,
  type ChartSelection,
} from "./core/chart/events.ts";
export { openFrame, type PortalFrame } from "./core/frame/frame.ts";
export type { FrameAuth, FrameData } from "./core/frame/frame-data.ts";
export * from "./core/index.ts";
export { TableOpenEvent, TableSortedEvent } from "./core/table/events.ts";
export { B24Table } from "./core/table/table.ts";
export {
  GeneratorFinishedEvent,
  GeneratorStartEvent,
  GeneratorStopEvent,
  GeneratorUndoEvent,
} from "./generator/events.ts";
export { B24Generator } from "./generator/generator/generator.ts";
export { B24Health } from "./health/health.ts";
export { KeyCreatedEvent, KeyRevokeEvent } from "./keys/events.ts";
export { B24Keys } from "./keys/keys.ts";
export { B24Applications } from "./portal/applications/applications.ts";
export { B24Bindings } from "./portal/bindings/bindings.ts";
export {
  ApplicationKeptEvent,
  ApplicationRemoveEvent,
  BindingsRestoredEvent,
  InstallStartEvent,
  PortalConnectedEvent,
  PortalRemoveEvent,
  PortalsEvent,
} from "./portal/events.ts";
export { B24History } from "./portal/history/history.ts";
export { B24Install } from "./portal/install/install.ts";
export { B24Portals } from "./portal/portals/portals.ts";
export { B24Record } from "./portal/record/record.ts";
export { ProviderErrorEvent } from "./provider/events.ts";
export { B24Provider } from "./provider/provider.ts";
export { type SignedIn, SignedInEvent } from "./session/events.ts";
export { B24SignIn } from "./session/sign-in/sign-in.ts";
export {
  SubscriptionCreatedEvent,
  SubscriptionRemoveEvent,
  SubscriptionSwitchEvent,
} from "./subscriptions/events.ts";
export { B24Subscriptions } from "./subscriptions/subscriptions.ts";
export {
  SyncCancelEvent,
  SyncConfiguredEvent,
  SyncConfigureEvent,
  SyncFinishedEvent,
  SyncPauseEvent,
  SyncResumeEvent,
  SyncStartEvent,
  SyncStartedEvent,
} from "./sync/events.ts";
export { B24SyncDetails } from "./sync/sync-details/sync-details.ts";
export { B24SyncStatus } from "./sync/sync-status/sync-status.ts";
