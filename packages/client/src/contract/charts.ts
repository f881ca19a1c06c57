import { z } from "zod";
import { Catalogue } from "./chart-catalogue.ts";
import { Plan } from "./chart-plan.ts";
import { ChartForm, ChartNote, ChartSpec } from "./chart-spec.ts";
import type { Endpoint } from "./endpoint.ts";
import { Problem } from "./errors.ts";
import { PortalQuery } from "./portal.ts";
import { ARROW_STREAM, Label } from "./queries.ts";
import { TimeZone } from "./time-zone.ts";

export const ChartLocale = z.enum(["ru", "en"]);
export type ChartLocale = z.infer<typeof ChartLocale>;

/** Whose words and whose calendar. */
const reader = {
  locale: ChartLocale.default("ru"),
  timeZone: TimeZone.describe("IANA name, e.g. Europe/Moscow"),
};

/** A question that is sure to have an answer. */
export const ChartSuggestion = z.object({
  id: z.string(),
  title: Label,
  plan: Plan,
  form: ChartForm,
  score: z.number().describe("0 to 1"),
});
export type ChartSuggestion = z.infer<typeof ChartSuggestion>;

/** What an ask is at, shown while it lasts. */
export const AskPhase = z.enum(["queued", "thinking", "checking", "repairing", "running", "drawing"]);
export type AskPhase = z.infer<typeof AskPhase>;

export const ClarifyReason = z.enum([
  "vague",
  "which_entity",
  "which_measure",
  "which_value",
  "which_period",
  "words_left",
  "needs_currency",
]);
export type ClarifyReason = z.infer<typeof ClarifyReason>;

export const RefuseReason = z.enum([
  "off_topic",
  "no_such_data",
  "not_allowed",
  "not_expressible",
  "too_heavy",
  "no_question",
  "failed",
]);
export type RefuseReason = z.infer<typeof RefuseReason>;

const answered = {
  id: z.string().describe("Of the answer, for its log"),
  spec: ChartSpec,
  result: z.string().describe("The rows: GET /api/v1/charts/results/{result}"),
};

/** What comes of a question. Words of the model are plain text, and only in `text`. */
export const ChartAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("plan"), ...answered, plan: Plan }),
  z.object({ kind: z.literal("sql"), ...answered, sql: z.string() }),
  z.object({
    kind: z.literal("clarify"),
    id: z.string(),
    reason: ClarifyReason,
    params: ChartNote.shape.params,
    text: z.string().nullable(),
    options: z.array(ChartSuggestion).describe("What may have been meant"),
    notes: z.array(ChartNote),
  }),
  z.object({
    kind: z.literal("refuse"),
    id: z.string(),
    reason: RefuseReason,
    params: ChartNote.shape.params,
    text: z.string().nullable(),
    options: z.array(ChartSuggestion).describe("What would work"),
    notes: z.array(ChartNote),
  }),
]);
export type ChartAnswer = z.infer<typeof ChartAnswer>;

/** A line of the answer to an ask: phases, then one answer or one problem. */
export const AskEvent = z.union([
  z.object({ phase: AskPhase }),
  z.object({ answer: ChartAnswer }),
  z.object({ problem: Problem }),
]);
export type AskEvent = z.infer<typeof AskEvent>;

export const NDJSON = "application/x-ndjson";

const portalErrors = ["portal_required", "unknown_portal"] as const;
const runErrors = [...portalErrors, "query_timeout", "query_too_heavy"] as const;

/** A filter of a page or a dashboard that reaches every chart; what a chart's entity lacks is passed over. */
export const ChartFilters = z.object({
  from: z.iso.date().nullable().default(null),
  to: z.iso.date().nullable().default(null).describe("Last day, included"),
  funnel: z.array(z.string().max(64)).max(50).default([]),
  responsible: z.array(z.string().max(64)).max(200).default([]),
  source: z.array(z.string().max(64)).max(200).default([]),
});
export type ChartFilters = z.infer<typeof ChartFilters>;

export const askChart = {
  id: "askChart",
  method: "post",
  path: "/api/v1/charts/ask",
  tag: "charts",
  summary: "Answer a question with a chart: lines of phases, then the answer",
  access: "charts:read",
  query: PortalQuery,
  body: z.object({
    question: z.string().trim().min(1).max(1_000),
    ...reader,
    context: Plan.nullable().default(null).describe("Plan of the chart that the question follows up"),
    filters: ChartFilters.nullable().default(null),
  }),
  status: 200,
  produces: [NDJSON],
  errors: [...portalErrors, "too_many_requests"],
} as const satisfies Endpoint;

export const suggestCharts = {
  id: "suggestCharts",
  method: "get",
  path: "/api/v1/charts/suggest",
  tag: "charts",
  summary: "Charts that are worth a look, found in the columns and their statistics",
  access: "data:read",
  query: PortalQuery.extend({ entity: z.string().max(63).optional() }),
  status: 200,
  response: z.object({ suggestions: z.array(ChartSuggestion) }),
  errors: [...portalErrors],
} as const satisfies Endpoint;

export const runPlan = {
  id: "runPlan",
  method: "post",
  path: "/api/v1/charts/plans/run",
  tag: "charts",
  summary: "Run a plan as it is, or as a chip has changed it",
  access: "charts:read",
  query: PortalQuery,
  body: z.object({
    plan: Plan,
    ...reader,
    form: ChartForm.nullable().default(null).describe("A form asked for; taken where the result allows it"),
    title: Label.nullable().default(null),
    filters: ChartFilters.nullable().default(null),
  }),
  status: 200,
  response: ChartAnswer,
  errors: [...runErrors, "plan_invalid"],
} as const satisfies Endpoint;

export const previewSql = {
  id: "previewSql",
  method: "post",
  path: "/api/v1/charts/sql/run",
  tag: "charts",
  summary: "Check and run SQL that a person has edited, by the same rules as the model's",
  access: "data:read",
  query: PortalQuery,
  body: z.object({
    sql: z.string().min(1).max(8_192),
    ...reader,
    form: ChartForm.nullable().default(null),
    title: Label.nullable().default(null),
  }),
  status: 200,
  response: ChartAnswer,
  errors: [...runErrors, "sql_refused", "sql_off"],
} as const satisfies Endpoint;

export const readResult = {
  id: "readChartResult",
  method: "get",
  path: "/api/v1/charts/results/{id}",
  tag: "charts",
  summary: "Rows of an answer as an Arrow stream, CSV or JSON",
  access: "charts:read",
  params: z.object({ id: z.string().max(64) }),
  query: PortalQuery,
  status: 200,
  produces: [ARROW_STREAM, "text/csv", "application/json"],
  errors: [...runErrors, "result_gone", "not_acceptable"],
} as const satisfies Endpoint;

export const getCatalogue = {
  id: "getChartCatalogue",
  method: "get",
  path: "/api/v1/charts/catalogue",
  tag: "charts",
  summary: "What charts can be made of: tables, columns, values, links",
  access: "data:read",
  query: PortalQuery,
  status: 200,
  response: Catalogue,
  errors: [...portalErrors],
} as const satisfies Endpoint;

export const getSchema = {
  id: "getChartSchema",
  method: "get",
  path: "/api/v1/charts/schema",
  tag: "charts",
  summary: "Description of the database in Markdown; the catalogue where Accept is application/json",
  access: "data:read",
  query: PortalQuery.extend({
    locale: ChartLocale.default("ru"),
    table: z.string().max(63).optional(),
    enriched: z.stringbool().default(false).describe("With explanations by the model"),
  }),
  status: 200,
  produces: ["text/markdown", "application/json"],
  errors: [
    ...portalErrors,
    "not_found",
    "ai_unavailable",
    "ai_not_configured",
    "ai_over_budget",
    "ai_rate_limited",
    "ai_timeout",
    "ai_credential_rejected",
  ],
} as const satisfies Endpoint;

/** What the model may see, from nothing to sums. Rows are never shown to it. */
export const SharingLevel = z.enum(["off", "schema", "values", "aggregates"]);
export type SharingLevel = z.infer<typeof SharingLevel>;

export const ChartSettings = z.object({
  sharing: SharingLevel,
  tokensPerDay: z.number().int().min(0).describe("Budget of the portal; 0: no limit"),
  tokensToday: z.number().int(),
  costToday: z
    .number()
    .nullable()
    .describe("US dollars, by the list price; null: the price of the model is not known"),
  model: z.string().nullable().describe("null: no key is configured"),
  sql: z
    .enum(["on", "off", "unsafe"])
    .describe("Generated SQL; unsafe: the database's set-up failed our own attack"),
  sqlReason: z.string().nullable(),
});
export type ChartSettings = z.infer<typeof ChartSettings>;

export const getChartSettings = {
  id: "getChartSettings",
  method: "get",
  path: "/api/v1/charts/settings",
  tag: "charts",
  summary: "What the model may see, its budget, and whether generated SQL is on",
  access: "data:read",
  query: PortalQuery,
  status: 200,
  response: ChartSettings,
  errors: [...portalErrors],
} as const satisfies Endpoint;

/** What may be changed of the settings. */
export const ChartSettingsPatch = z.strictObject({
  sharing: SharingLevel.optional(),
  tokensPerDay: z.number().int().min(0).max(1_000_000_000).optional(),
  sql: z.enum(["on", "off"]).optional(),
});
export type ChartSettingsPatch = z.infer<typeof ChartSettingsPatch>;

/** A change of the settings that somebody has made. */
export const ChartSettingsChange = ChartSettingsPatch.extend({
  at: z.iso.datetime(),
  who: z.string().describe("Name of the key, person or page session"),
});
export type ChartSettingsChange = z.infer<typeof ChartSettingsChange>;

export const listChartSettingsChanges = {
  id: "listChartSettingsChanges",
  method: "get",
  path: "/api/v1/charts/settings/changes",
  tag: "charts",
  summary: "Who changed what the model may see, its budget or generated SQL, and when; the latest 100",
  access: "admin",
  query: PortalQuery,
  status: 200,
  response: z.object({ changes: z.array(ChartSettingsChange) }),
  errors: [...portalErrors],
} as const satisfies Endpoint;

export const putChartSettings = {
  id: "putChartSettings",
  method: "put",
  path: "/api/v1/charts/settings",
  tag: "charts",
  summary: "Change what the model may see, or its budget; every change is logged",
  access: "admin",
  query: PortalQuery,
  body: ChartSettingsPatch,
  status: 200,
  response: ChartSettings,
  errors: [...portalErrors],
} as const satisfies Endpoint;
