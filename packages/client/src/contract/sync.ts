import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { errorCodes } from "./errors.ts";
import { PortalQuery } from "./portal.ts";

/** CRM entities that the mirror carries, in the portal's own words. */
export const Entity = z.enum(["deal", "contact", "lead", "company"]);
export type Entity = z.infer<typeof Entity>;

export const SyncType = z.enum(["full", "incremental"]);
export type SyncType = z.infer<typeof SyncType>;

/** States of a run; the transitions are in the API's `features/sync/states.ts`. */
export const RunState = z.enum(["queued", "running", "waiting", "completed", "failed", "cancelled"]);
export type RunState = z.infer<typeof RunState>;

const timestamp = z.iso.datetime({ offset: true });

export const RunError = z.object({
  code: z.enum(errorCodes),
  detail: z.string(),
});

/** One run of one entity. Rates are rows per second over the last seconds; times are ISO 8601. */
export const SyncRun = z.object({
  id: z.number().int(),
  entity: Entity,
  type: SyncType,
  state: RunState,
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  rowsRead: z.number().int(),
  rowsWritten: z.number().int().describe("Rows that were new or differed"),
  rowsExpected: z.number().int().nullable().describe("Estimate; null until the portal was asked"),
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  requests: z.number().int(),
  retries: z.number().int(),
  resumed: z.number().int().describe("How often the run was taken over after an interruption"),
  waitingUntil: timestamp.nullable().describe("Set while one of the portal's limits holds the run"),
  error: RunError.nullable(),
});
export type SyncRun = z.infer<typeof SyncRun>;

export const EntityStatus = z.object({
  entity: Entity,
  rows: z.number().int().describe("Rows in the mirror now"),
  run: SyncRun.nullable().describe("The active run, else the last one"),
  lastCompletedAt: timestamp.nullable(),
  nextRunAt: timestamp.nullable(),
});
export type EntityStatus = z.infer<typeof EntityStatus>;

export const SyncStatus = z.object({
  portal: z.string(),
  entities: z.array(EntityStatus),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

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
