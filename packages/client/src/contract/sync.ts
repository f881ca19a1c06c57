import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { errorCodes } from "./errors.ts";
import { PortalQuery } from "./portal.ts";
import { Label } from "./queries.ts";

/** What the mirror carries, in the portal's own words: `deal`, `task`, `dynamic_156`. The status lists a portal's. */
export const Entity = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
export type Entity = z.infer<typeof Entity>;

export const SyncType = z.enum(["full", "incremental"]);
export type SyncType = z.infer<typeof SyncType>;

/** What a run does: `reconcile` compares the numbers of records on both sides and finds what was deleted. */
export const RunType = z.enum([...SyncType.options, "reconcile"]);
export type RunType = z.infer<typeof RunType>;

/** States of a run; the transitions are in the API's `features/sync/states.ts`. */
export const RunState = z.enum([
  "queued",
  "running",
  "waiting",
  "paused",
  "completed",
  "failed",
  "cancelled",
]);
export type RunState = z.infer<typeof RunState>;

const timestamp = z.iso.datetime({ offset: true });

export const RunError = z.object({
  code: z.enum(errorCodes),
  detail: z.string(),
});

/**
 * One run of one entity. Rates are rows (with `owners`: owners) per second over the last seconds; times are ISO 8601.
 */
export const SyncRun = z.object({
  id: z.number().int(),
  entity: Entity,
  type: RunType,
  state: RunState,
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  rowsRead: z.number().int(),
  rowsWritten: z.number().int().describe("Rows that were new or differed"),
  rowsExpected: z
    .number()
    .int()
    .nullable()
    .describe("Estimate; null until the portal was asked, and with `owners`"),
  owners: z
    .object({
      entity: Entity,
      read: z.number().int().describe("Owners whose records were read"),
      expected: z.number().int().describe("Owners whose records are to be read"),
    })
    .optional()
    .describe("How far a run is whose records are read owner by owner: products of deals"),
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  requests: z.number().int(),
  retries: z.number().int(),
  resumed: z.number().int().describe("How often the run was taken over after an interruption"),
  waitingUntil: timestamp.nullable().describe("Set while one of the portal's limits holds the run"),
  error: RunError.nullable(),
});
export type SyncRun = z.infer<typeof SyncRun>;

/** Both sides counted, up to the mirror's highest id. */
export const Reconciliation = z.object({
  at: timestamp,
  source: z.number().int().describe("Records in the portal"),
  mirror: z.number().int().describe("Records in the mirror, afterwards"),
  deleted: z.number().int().describe("Found to be gone and marked"),
  withheld: z.number().int().describe("Not listed by the portal and yet not believed to be gone"),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

export const EntityStatus = z.object({
  entity: Entity,
  label: Label.describe("What people call it; a smart process has the portal's own title"),
  rows: z.number().int().describe("Rows in the mirror now"),
  run: SyncRun.nullable().describe("The active run, else the last one"),
  lastCompletedAt: timestamp.nullable(),
  nextRunAt: timestamp.nullable(),
  reconcile: Reconciliation.optional().describe("The last comparison; absent before the first"),
  quarantined: z.number().int().optional().describe("Values that did not fit their column, 1,000 at most"),
});
export type EntityStatus = z.infer<typeof EntityStatus>;

export const SyncStatus = z.object({
  portal: z.string(),
  entities: z.array(EntityStatus),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

export const SchemaContract = z
  .enum(["evolve", "quarantine", "freeze"])
  .describe("When the portal's fields change: follow, keep the columns and quarantine the rest, or stop");
export type SchemaContract = z.infer<typeof SchemaContract>;

/** How an entity is kept up to date by itself. */
export const SyncConfig = z.object({
  entity_type: Entity,
  enabled: z.boolean().describe("Whether the schedule starts runs"),
  sync_interval_minutes: z.number().int(),
  webhook_enabled: z.boolean().describe("Whether events of the portal are taken up"),
  contract: SchemaContract,
});
export type SyncConfig = z.infer<typeof SyncConfig>;

/** A word of a run: a code with the values that the words of the page's language speak of. */
export const RunLogEntry = z.object({
  id: z.number().int(),
  at: timestamp,
  level: z.enum(["info", "warning", "error"]),
  code: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type RunLogEntry = z.infer<typeof RunLogEntry>;

export const RunLog = z.object({ run: SyncRun, entries: z.array(RunLogEntry) });
export type RunLog = z.infer<typeof RunLog>;

/** What of the portal's limits is used up, by everybody who shares them with us through this database. */
export const PortalLimits = z.object({
  requests: z.object({
    used: z.number().describe("Requests that the portal still counts"),
    most: z.number().describe("At so many it refuses"),
    perSecond: z.number().describe("So many it forgets in a second"),
  }),
  billing: z
    .enum(["unknown", "inner", "batch", "none"])
    .describe(
      "Where the portal books the working time of a batch: on its commands, on the batch, or nowhere",
    ),
  operating: z
    .array(
      z.object({
        method: z.string(),
        seconds: z.number().describe("Worked in the last ten minutes"),
        budget: z.number().describe("We stop at so many, before the portal does"),
        parkedUntil: timestamp.nullable(),
      }),
    )
    .describe("Methods that cost anything, the most expensive first"),
});
export type PortalLimits = z.infer<typeof PortalLimits>;

export const SyncRuns = z.object({ runs: z.array(SyncRun) });

export const startSync = {
  id: "startSync",
  method: "post",
  path: "/api/v1/sync/start/{entity}",
  tag: "sync",
  summary: "Start a run; a run of the same entity that is under way is not doubled",
  access: "sync:run",
  params: z.object({ entity: Entity }),
  query: PortalQuery,
  body: z.object({ sync_type: SyncType.default("full") }).default({ sync_type: "full" }),
  status: 202,
  response: SyncRun,
  errors: ["portal_required", "unknown_portal", "run_active"],
} as const satisfies Endpoint;

export const cancelSync = {
  id: "cancelSync",
  method: "post",
  path: "/api/v1/sync/cancel/{entity}",
  tag: "sync",
  summary: "Stop the active run; what was written stays",
  access: "sync:run",
  params: z.object({ entity: Entity }),
  query: PortalQuery,
  status: 200,
  response: EntityStatus,
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;

export const getSyncStatus = {
  id: "getSyncStatus",
  method: "get",
  path: "/api/v1/sync/status",
  tag: "sync",
  summary: "State of every entity: run, progress, rows, error",
  access: "data:read",
  query: PortalQuery,
  status: 200,
  response: SyncStatus,
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;

export const pauseSync = {
  id: "pauseSync",
  method: "post",
  path: "/api/v1/sync/pause/{entity}",
  tag: "sync",
  summary: "Hold the active run where it is, until it is resumed",
  access: "sync:run",
  params: z.object({ entity: Entity }),
  query: PortalQuery,
  status: 200,
  response: EntityStatus,
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;

export const resumeSync = {
  id: "resumeSync",
  method: "post",
  path: "/api/v1/sync/resume/{entity}",
  tag: "sync",
  summary: "Let a paused run go on from where it stands",
  access: "sync:run",
  params: z.object({ entity: Entity }),
  query: PortalQuery,
  status: 200,
  response: EntityStatus,
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;

export const reconcileSync = {
  id: "reconcileSync",
  method: "post",
  path: "/api/v1/sync/reconcile/{entity}",
  tag: "sync",
  summary: "Compare the numbers of records on both sides and find what was deleted",
  access: "sync:run",
  params: z.object({ entity: Entity }),
  query: PortalQuery,
  status: 202,
  response: SyncRun,
  errors: ["portal_required", "unknown_portal", "run_active", "not_mirrored"],
} as const satisfies Endpoint;

export const getSyncConfig = {
  id: "getSyncConfig",
  method: "get",
  path: "/api/v1/sync/config",
  tag: "sync",
  summary: "How every entity is kept up to date",
  access: "data:read",
  query: PortalQuery,
  status: 200,
  response: z.array(SyncConfig),
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;

export const putSyncConfig = {
  id: "putSyncConfig",
  method: "put",
  path: "/api/v1/sync/config",
  tag: "sync",
  summary: "Change how an entity is kept up to date; what is not named stays",
  access: "sync:run",
  query: PortalQuery,
  body: z.strictObject({
    entity_type: Entity,
    enabled: z.boolean().optional(),
    sync_interval_minutes: z.number().int().min(1).max(10_080).optional().describe("A minute to a week"),
    webhook_enabled: z.boolean().optional(),
    contract: SchemaContract.optional(),
  }),
  status: 200,
  response: SyncConfig,
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;

export const getRunLog = {
  id: "getRunLog",
  method: "get",
  path: "/api/v1/sync/runs/{id}/log",
  tag: "sync",
  summary: "What a run had to say, oldest first",
  access: "data:read",
  params: z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) }),
  query: PortalQuery,
  status: 200,
  response: RunLog,
  errors: ["portal_required", "unknown_portal", "not_found"],
} as const satisfies Endpoint;

export const listSyncRuns = {
  id: "listSyncRuns",
  method: "get",
  path: "/api/v1/sync/runs",
  tag: "sync",
  summary: "Runs of the last 90 days, newest first",
  access: "data:read",
  query: PortalQuery.extend({
    entity: Entity.optional(),
    before: z.coerce.number().int().positive().optional().describe("Id of a run: only older ones"),
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  status: 200,
  response: SyncRuns,
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;

export const getSyncLimits = {
  id: "getSyncLimits",
  method: "get",
  path: "/api/v1/sync/limits",
  tag: "sync",
  summary: "What of the portal's limits is used up",
  access: "data:read",
  query: PortalQuery,
  status: 200,
  response: PortalLimits,
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;
