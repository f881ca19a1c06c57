export { MAX_COMMANDS, type Reference, reference } from "./batch.ts";
export { type BucketPolicy, ENTERPRISE_PLAN, STANDARD_PLAN } from "./bucket.ts";
export { createPortalClient, type PortalClientOptions, type WebhookCredential } from "./client.ts";
export { type Clock, systemClock } from "./clock.ts";
export { type CallOutcome, isPortalError, PortalError } from "./errors.ts";
export type { LedgerPolicy } from "./ledger.ts";
export type { Limiter, LimiterState, OperatingMode } from "./limiter.ts";
export { createMemoryLimiter } from "./memory-limiter.ts";
export { isReading, scopeOf } from "./methods.ts";
export { phpList, phpMap, phpQuery } from "./php.ts";
export { createRedactor, REDACTED, type Redactor, redactor } from "./redact.ts";
export type {
  Answer,
  BatchOptions,
  BatchOutcome,
  CallOptions,
  Command,
  ListOptions,
  ListPage,
  OnWait,
  PortalClient,
  PortalLog,
  PortalTime,
  Priority,
} from "./types.ts";
export { moveWebhookAddress, parseWebhookAddress, type WebhookAddress } from "./webhook-address.ts";
