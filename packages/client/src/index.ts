export type {
  Boards,
  ChartChange,
  ChartRun,
  ChartToKeep,
  DashboardToKeep,
  EmbedRequest,
  OpenedLink,
  ShareRequest,
} from "./boards.ts";
export type {
  AskOptions,
  ChartPlanRun,
  ChartQuestion,
  ChartSqlRun,
  Charts,
} from "./charts.ts";
export { type B24Client, type ClientOptions, createClient } from "./client.ts";
export type * from "./contract/index.ts";
export type { GenerationOrder, Generator } from "./generator.ts";
export type { KeyRequest, Keys } from "./keys.ts";
export type { Disconnected, Portals, Rebound } from "./portals.ts";
export type { Queries, QueryParams, RunOptions } from "./queries.ts";
export type { Realtime, TopicHandlers } from "./realtime.ts";
export type { Health, Session } from "./session.ts";
export type { SignIn, UserSession } from "./sign-in.ts";
export type { SubscriptionRequest, Subscriptions } from "./subscriptions.ts";
export type { ConfigChange, Sync } from "./sync.ts";
export { tokenFrom } from "./token-url.ts";
export type { ConnectionState } from "./transport/connection.ts";
export {
  type AnyErrorCode,
  ApiError,
  B24Error,
  CLIENT_ERRORS,
  type ClientErrorCode,
  ConflictError,
  ConnectionError,
  ForbiddenError,
  InvalidRequestError,
  NotFoundError,
  ServerError,
  TooManyRequestsError,
  UnauthenticatedError,
} from "./transport/errors.ts";
export type { CallOptions } from "./transport/http.ts";
export type { Timing } from "./transport/timing.ts";
export type { GetToken, Token } from "./transport/token.ts";
