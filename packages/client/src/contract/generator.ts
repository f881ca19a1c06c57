import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { errorCodes } from "./errors.ts";
import { PortalQuery } from "./portal.ts";
import { TabSession } from "./tab-session.ts";

/** What is made, in this order: what a record links to exists before it. */
export const GeneratorEntity = z.enum(["company", "contact", "lead", "deal"]);
export type GeneratorEntity = z.infer<typeof GeneratorEntity>;

export const GeneratorLocale = z.enum(["ru", "en", "de", "fr", "es", "pl"]);
export type GeneratorLocale = z.infer<typeof GeneratorLocale>;

const count = z.number().int().min(0).max(100_000);
const seed = z.number().int().min(0).max(2_147_483_647);

/** How many records of each kind. */
export const GeneratorCounts = z.object({ company: count, contact: count, lead: count, deal: count });
export type GeneratorCounts = z.infer<typeof GeneratorCounts>;

/** What a run makes: the same plan on the same portal gives the same records. */
export const GeneratorPlan = z.object({
  counts: GeneratorCounts,
  locale: GeneratorLocale,
  seed,
});
export type GeneratorPlan = z.infer<typeof GeneratorPlan>;

/** As asked for: counts that are not named come from NUM_COMPANIES and NUM_CONTACTS, a missing seed is drawn. */
export const GeneratorRequest = z.strictObject({
  companies: count.optional(),
  contacts: count.optional(),
  leads: count.default(0),
  deals: count.default(0),
  locale: GeneratorLocale.default("ru"),
  seed: seed.optional(),
  session_id: TabSession.optional().describe("The tab that owns the run: it is stopped when the tab goes"),
});

/**
 * States of a run; the transitions are in the API's `features/generator/states.ts`. `held`: its tab is gone and may
 * come back; `stopping`: no batch starts any more; `undoing`: its records are being deleted.
 */
export const GeneratorState = z.enum([
  "queued",
  "running",
  "held",
  "stopping",
  "completed",
  "stopped",
  "failed",
  "undoing",
  "undone",
]);
export type GeneratorState = z.infer<typeof GeneratorState>;

export const StopReason = z.enum(["request", "disconnected", "error"]);
export type StopReason = z.infer<typeof StopReason>;

const timestamp = z.iso.datetime({ offset: true });

/** How far one kind of record is. */
export const GeneratorCount = z.object({
  planned: z.number().int(),
  created: z.number().int(),
  failed: z.number().int().describe("Refused by the portal, each with its reason"),
});

/** One run of one person. Rates are records per second over the last seconds; times are ISO 8601. */
export const GeneratorRun = z.object({
  id: z.uuid(),
  state: GeneratorState,
  session: z.string().describe("The tab that owns the run"),
  plan: GeneratorPlan,
  counts: z.record(GeneratorEntity, GeneratorCount),
  linked: z.number().int().describe("Contacts that have a company"),
  underWay: z.number().int().describe("Records sent to the portal whose answer is not here yet"),
  rate: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  requests: z.number().int(),
  resumed: z.number().int().describe("How often the run was taken over after an interruption"),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  waitingUntil: timestamp.nullable().describe("Set while one of the portal's limits holds the run"),
  heldUntil: timestamp.nullable().describe("Until then the owner's tab may come back"),
  reason: StopReason.nullable().describe("Why it stopped before its end"),
  error: z.object({ code: z.enum(errorCodes), detail: z.string() }).nullable(),
  undone: z
    .object({
      deleted: z.number().int(),
      kept: z.number().int().describe("Left alone: people have edited them since"),
      missing: z.number().int().describe("Deleted by others before"),
    })
    .nullable(),
});
export type GeneratorRun = z.infer<typeof GeneratorRun>;

/** A word of a run: a code with the values that the words of the page's language speak of. */
export const GeneratorLogEntry = z.object({
  id: z.number().int(),
  at: timestamp,
  level: z.enum(["info", "warning", "error"]),
  code: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type GeneratorLogEntry = z.infer<typeof GeneratorLogEntry>;

/** Everything of the caller's own: the run under way or the last one with its log, and those before it. */
export const GeneratorStatus = z.object({
  portal: z.string(),
  portalUrl: z.string().describe("Origin of the portal, to build links to its records"),
  defaults: z.object({ companies: z.number().int(), contacts: z.number().int() }),
  run: GeneratorRun.nullable(),
  log: z.array(GeneratorLogEntry),
  runs: z.array(GeneratorRun).describe("The latest, newest first"),
});
export type GeneratorStatus = z.infer<typeof GeneratorStatus>;

export const GeneratorChange = z.object({ run: GeneratorRun, log: z.array(GeneratorLogEntry) });
export type GeneratorChange = z.infer<typeof GeneratorChange>;

export const GeneratorSample = z.object({
  entity: GeneratorEntity,
  title: z.string(),
  lines: z.array(z.string()).describe("What else the record says, in the language of its data"),
});

/** What a run would do, without doing it. */
export const GeneratorPreview = z.object({
  plan: GeneratorPlan,
  links: z.object({
    contacts: z.number().int().describe("Contacts that get a company"),
    several: z.number().int().describe("of them such that have more than one"),
  }),
  requests: z.number().int().describe("Requests to the portal"),
  seconds: z.number().describe("The least time that the portal's limits allow"),
  samples: z.array(GeneratorSample),
});
export type GeneratorPreview = z.infer<typeof GeneratorPreview>;

/** A record that the portal refused. */
export const GeneratorFailure = z.object({
  entity: GeneratorEntity,
  no: z.number().int().describe("Number of the record in its run, from 1"),
  title: z.string(),
  code: z.string().describe("The portal's own code; may be empty"),
  field: z.string().nullable(),
  detail: z.string().describe("The portal's own words"),
});
export type GeneratorFailure = z.infer<typeof GeneratorFailure>;

export const GeneratorSession = z.object({
  session_id: z.string(),
  connected_at: timestamp,
  is_generating: z.boolean(),
});

const RunId = z.object({ id: z.uuid() });
const common = ["portal_required", "unknown_portal"] as const;
const ofRun = [...common, "not_found"] as const;

export const previewGeneration = {
  id: "previewGeneration",
  method: "post",
  path: "/api/v1/generator/preview",
  tag: "generator",
  summary: "Dry run: counts, samples, requests and the least time they take; nothing is written",
  access: "data:read",
  query: PortalQuery,
  body: GeneratorRequest.prefault({}),
  status: 200,
  response: GeneratorPreview,
  errors: common,
} as const satisfies Endpoint;

export const startGeneration = {
  id: "startGeneration",
  method: "post",
  path: "/api/v1/generator/runs",
  tag: "generator",
  summary: "Make test data in the portal; one run of a person at a time",
  access: "generator:run",
  query: PortalQuery,
  body: GeneratorRequest.prefault({}),
  status: 202,
  response: GeneratorRun,
  errors: [...common, "generation_active"],
} as const satisfies Endpoint;

export const getGenerationStatus = {
  id: "getGenerationStatus",
  method: "get",
  path: "/api/v1/generator/status",
  tag: "generator",
  summary: "The caller's run under way or the last one, its log, and the runs before",
  access: "data:read",
  query: PortalQuery,
  status: 200,
  response: GeneratorStatus,
  errors: common,
} as const satisfies Endpoint;

export const getSessionStatus = {
  id: "getSessionStatus",
  method: "get",
  path: "/api/v1/generator/status/{session_id}",
  tag: "generator",
  summary: "The last run that a tab of the caller has started",
  access: "data:read",
  params: z.object({ session_id: TabSession }),
  query: PortalQuery,
  status: 200,
  response: z.object({
    session_id: z.string(),
    is_generating: z.boolean(),
    run: GeneratorRun.nullable(),
    log: z.array(GeneratorLogEntry),
  }),
  errors: common,
} as const satisfies Endpoint;

export const getSessionInfo = {
  id: "getSessionInfo",
  method: "get",
  path: "/api/v1/generator/sessions",
  tag: "generator",
  summary: "The caller's tabs that are connected now",
  access: "data:read",
  query: PortalQuery,
  status: 200,
  response: z.object({ active_sessions: z.number().int(), sessions: z.array(GeneratorSession) }),
  errors: common,
} as const satisfies Endpoint;

export const getGeneration = {
  id: "getGeneration",
  method: "get",
  path: "/api/v1/generator/runs/{id}",
  tag: "generator",
  summary: "One run of the caller with its log and the records that the portal refused",
  access: "data:read",
  params: RunId,
  query: PortalQuery,
  status: 200,
  response: z.object({
    run: GeneratorRun,
    log: z.array(GeneratorLogEntry),
    failures: z.array(GeneratorFailure).describe("The first 200"),
  }),
  errors: ofRun,
} as const satisfies Endpoint;

export const stopGeneration = {
  id: "stopGeneration",
  method: "post",
  path: "/api/v1/generator/runs/{id}/stop",
  tag: "generator",
  summary: "Start no further batch; what was made stays",
  access: "generator:run",
  params: RunId,
  query: PortalQuery,
  status: 200,
  response: GeneratorRun,
  errors: ofRun,
} as const satisfies Endpoint;

export const resumeGeneration = {
  id: "resumeGeneration",
  method: "post",
  path: "/api/v1/generator/runs/{id}/resume",
  tag: "generator",
  summary: "Go on with a run that was stopped or has failed, from where it stands",
  access: "generator:run",
  params: RunId,
  query: PortalQuery,
  body: z.strictObject({ session_id: TabSession.optional() }).prefault({}),
  status: 202,
  response: GeneratorRun,
  errors: [...ofRun, "generation_active", "generation_state"],
} as const satisfies Endpoint;

export const undoGeneration = {
  id: "undoGeneration",
  method: "post",
  path: "/api/v1/generator/runs/{id}/undo",
  tag: "generator",
  summary: "Delete exactly the records of this run; those that people have edited since stay, unless forced",
  access: "generator:run",
  params: RunId,
  query: PortalQuery,
  body: z.strictObject({ force: z.boolean().default(false) }).prefault({}),
  status: 202,
  response: GeneratorRun,
  errors: [...ofRun, "generation_active", "generation_state"],
} as const satisfies Endpoint;
