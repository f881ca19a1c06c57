import type { CoreMessages } from "./messages.ts";

export const en: CoreMessages = {
  loading: "Loading…",
  retry: "Try again",
  close: "Close",
  emptyTitle: "Nothing here yet",
  emptyText: "Data will appear here after the first sync.",
  idleTitle: "Nothing to show",
  idleText: "The element was not told what to show: name a query in its query attribute.",
  offlineTitle: "No connection to the server",
  offlineText: "Check your network. The data will load as soon as the connection is back.",
  noRightsTitle: "No access",
  unknownErrorTitle: "Something went wrong",
  unknownErrorText: "Try again. If it keeps happening, show the details to an administrator.",
  errorDetails: "Details",
  requestId: (id) => `Request id: ${id}`,
  asOf: (time) => `As of ${time}`,
  stale: (time) => `Could not refresh. Showing data as of ${time}`,
  refresh: "Refresh",
  yes: "Yes",
  no: "No",
};
