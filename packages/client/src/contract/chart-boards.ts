import { z } from "zod";
import { Plan } from "./chart-plan.ts";
import { ChartForm } from "./chart-spec.ts";
import { ChartAnswer, ChartFilters, ChartLocale } from "./charts.ts";
import type { Endpoint } from "./endpoint.ts";
import { PortalQuery } from "./portal.ts";
import { TimeZone } from "./time-zone.ts";

const timestamp = z.iso.datetime({ offset: true });
const name = z.string().trim().min(1).max(200);
const uuid = z.object({ id: z.uuid() });
const portalErrors = ["portal_required", "unknown_portal"] as const;
const found = [...portalErrors, "not_found"] as const;

/** What a kept chart is made from: a plan, or SQL where a plan cannot say it. */
export const ChartDefinition = z.discriminatedUnion("lane", [
  z.object({ lane: z.literal("plan"), plan: Plan }),
  z.object({ lane: z.literal("sql"), sql: z.string().min(1).max(8_192) }),
]);
export type ChartDefinition = z.infer<typeof ChartDefinition>;

export const SavedChart = z.object({
  id: z.uuid(),
  name: z.string(),
  question: z.string().nullable(),
  definition: ChartDefinition,
  form: ChartForm.nullable().describe("null: chosen from the result each time"),
  locale: ChartLocale,
  pinned: z.boolean(),
  version: z.number().int().describe("Grows with every change"),
  createdAt: timestamp,
  createdBy: z.string(),
  updatedAt: timestamp,
});
export type SavedChart = z.infer<typeof SavedChart>;

/** One change of a kept chart. */
export const SavedChartVersion = z.object({
  version: z.number().int(),
  at: timestamp,
  by: z.string(),
  change: z.enum(["created", "renamed", "edited", "pinned", "unpinned"]),
  name: z.string(),
  definition: ChartDefinition,
});
export type SavedChartVersion = z.infer<typeof SavedChartVersion>;

export const listSavedCharts = {
  id: "listSavedCharts",
  method: "get",
  path: "/api/v1/charts/saved",
  tag: "charts",
  summary: "Kept charts, pinned ones first, then the latest",
  access: "data:read",
  query: PortalQuery,
  status: 200,
  response: z.object({ charts: z.array(SavedChart) }),
  errors: [...portalErrors],
} as const satisfies Endpoint;

export const getSavedChart = {
  id: "getSavedChart",
  method: "get",
  path: "/api/v1/charts/saved/{id}",
  tag: "charts",
  summary: "A kept chart",
  access: "charts:read",
  params: uuid,
  query: PortalQuery,
  status: 200,
  response: SavedChart,
  errors: [...found],
} as const satisfies Endpoint;

export const saveChart = {
  id: "saveChart",
  method: "post",
  path: "/api/v1/charts/saved",
  tag: "charts",
  summary: "Keep a chart; the same id again changes nothing",
  access: "data:read",
  query: PortalQuery,
  body: z.object({
    id: z.uuid().describe("Chosen by the caller, so that a repeat does not make two"),
    name,
    question: z.string().max(1_000).nullable().default(null),
    definition: ChartDefinition,
    form: ChartForm.nullable().default(null),
    locale: ChartLocale.default("ru"),
    pinned: z.boolean().default(false),
  }),
  status: 201,
  response: SavedChart,
  errors: [...portalErrors, "plan_invalid", "sql_refused", "sql_off"],
} as const satisfies Endpoint;

export const changeSavedChart = {
  id: "changeSavedChart",
  method: "patch",
  path: "/api/v1/charts/saved/{id}",
  tag: "charts",
  summary: "Rename, pin, or edit the plan or the SQL (checked the same way); what is not named stays",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  body: z.strictObject({
    name: name.optional(),
    pinned: z.boolean().optional(),
    form: ChartForm.nullable().optional(),
    definition: ChartDefinition.optional(),
    version: z.number().int().optional().describe("The version that was changed; another one: 409"),
  }),
  status: 200,
  response: SavedChart,
  errors: [...found, "plan_invalid", "sql_refused", "sql_off", "version_conflict"],
} as const satisfies Endpoint;

export const deleteSavedChart = {
  id: "deleteSavedChart",
  method: "delete",
  path: "/api/v1/charts/saved/{id}",
  tag: "charts",
  summary: "Remove a kept chart, from dashboards too",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  status: 204,
  errors: [...found],
} as const satisfies Endpoint;

export const getSavedChartHistory = {
  id: "getSavedChartHistory",
  method: "get",
  path: "/api/v1/charts/saved/{id}/history",
  tag: "charts",
  summary: "Changes of a kept chart, the latest first",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  status: 200,
  response: z.object({ versions: z.array(SavedChartVersion) }),
  errors: [...found],
} as const satisfies Endpoint;

export const runSavedChart = {
  id: "runSavedChart",
  method: "post",
  path: "/api/v1/charts/saved/{id}/run",
  tag: "charts",
  summary: "Draw a kept chart anew",
  access: "charts:read",
  params: uuid,
  query: PortalQuery,
  body: z.object({
    locale: ChartLocale.default("ru"),
    timeZone: TimeZone,
    filters: ChartFilters.nullable().default(null),
  }),
  status: 200,
  response: ChartAnswer,
  errors: [...found, "plan_invalid", "sql_refused", "sql_off", "query_timeout", "query_too_heavy"],
} as const satisfies Endpoint;

/** A chart's place on a dashboard's grid of twelve columns. */
export const DashboardTile = z.object({
  chart: z.uuid(),
  x: z.number().int().min(0).max(11),
  y: z.number().int().min(0).max(1_000),
  width: z.number().int().min(1).max(12),
  height: z.number().int().min(1).max(24),
});
export type DashboardTile = z.infer<typeof DashboardTile>;

const layout = {
  name,
  tiles: z.array(DashboardTile).max(40),
  filters: ChartFilters,
  refreshSeconds: z.number().int().min(0).max(86_400).describe("0: only after a sync"),
};

export const Dashboard = z.object({
  id: z.uuid(),
  ...layout,
  version: z.number().int(),
  createdAt: timestamp,
  createdBy: z.string(),
  updatedAt: timestamp,
});
export type Dashboard = z.infer<typeof Dashboard>;

export const listDashboards = {
  id: "listDashboards",
  method: "get",
  path: "/api/v1/charts/dashboards",
  tag: "charts",
  summary: "Dashboards, by name",
  access: "data:read",
  query: PortalQuery,
  status: 200,
  response: z.object({ dashboards: z.array(Dashboard) }),
  errors: [...portalErrors],
} as const satisfies Endpoint;

export const getDashboard = {
  id: "getDashboard",
  method: "get",
  path: "/api/v1/charts/dashboards/{id}",
  tag: "charts",
  summary: "A dashboard with the charts on it",
  access: "charts:read",
  params: uuid,
  query: PortalQuery,
  status: 200,
  response: z.object({ dashboard: Dashboard, charts: z.array(SavedChart) }),
  errors: [...found],
} as const satisfies Endpoint;

export const saveDashboard = {
  id: "saveDashboard",
  method: "put",
  path: "/api/v1/charts/dashboards/{id}",
  tag: "charts",
  summary: "Make a dashboard, or replace what it holds",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  body: z.object({
    ...layout,
    version: z
      .number()
      .int()
      .nullable()
      .default(null)
      .describe("The version that was changed; null for a new one"),
  }),
  status: 200,
  response: Dashboard,
  errors: [...found, "version_conflict"],
} as const satisfies Endpoint;

export const deleteDashboard = {
  id: "deleteDashboard",
  method: "delete",
  path: "/api/v1/charts/dashboards/{id}",
  tag: "charts",
  summary: "Remove a dashboard and its links; the charts stay",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  status: 204,
  errors: [...found],
} as const satisfies Endpoint;

/** A link for strangers: read only, this dashboard only, until then. */
export const ShareLink = z.object({
  id: z.uuid(),
  url: z.string().nullable().describe("Shown once, when the link is made"),
  expiresAt: timestamp,
  password: z.boolean().describe("Whether one is asked for"),
  filters: ChartFilters.nullable().describe("Locked for whoever opens it"),
  createdAt: timestamp,
  createdBy: z.string(),
  revokedAt: timestamp.nullable(),
  opened: z.number().int(),
  lastUsedAt: timestamp.nullable().describe("When the dashboard was last looked at through it"),
  lastOrigin: z.string().nullable().describe("The page that it was looked at from"),
});
export type ShareLink = z.infer<typeof ShareLink>;

export const shareDashboard = {
  id: "shareDashboard",
  method: "post",
  path: "/api/v1/charts/dashboards/{id}/links",
  tag: "charts",
  summary: "Make a signed link to a dashboard",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  body: z.object({
    expiresInHours: z.number().int().min(1).max(8_760).default(168),
    password: z.string().min(4).max(200).nullable().default(null),
    filters: ChartFilters.nullable().default(null),
  }),
  status: 201,
  response: ShareLink,
  errors: [...found],
} as const satisfies Endpoint;

export const listShareLinks = {
  id: "listShareLinks",
  method: "get",
  path: "/api/v1/charts/dashboards/{id}/links",
  tag: "charts",
  summary: "Links to a dashboard, the latest first",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  status: 200,
  response: z.object({ links: z.array(ShareLink) }),
  errors: [...found],
} as const satisfies Endpoint;

export const revokeShareLink = {
  id: "revokeShareLink",
  method: "delete",
  path: "/api/v1/charts/links/{id}",
  tag: "charts",
  summary: "End a link now",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  status: 204,
  errors: [...found],
} as const satisfies Endpoint;

/** What the page behind a link, or an embedded element, may do. */
export const ChartCapability = z.enum(["view", "ask", "export"]);
export type ChartCapability = z.infer<typeof ChartCapability>;

export const ChartToken = z.object({
  token: z.string(),
  expiresAt: timestamp,
  serverTime: timestamp.describe("Renew by this clock, not by the page's"),
});
export type ChartToken = z.infer<typeof ChartToken>;

export const openShareLink = {
  id: "openShareLink",
  method: "post",
  path: "/api/v1/charts/shared",
  tag: "charts",
  summary: "Open a link: a short token for its dashboard",
  access: "public",
  body: z.object({
    link: z.string().min(1).max(2_048),
    password: z.string().max(200).nullable().default(null),
  }),
  status: 200,
  response: ChartToken.extend({ dashboard: z.uuid(), portal: z.number().int() }),
  errors: ["share_link_invalid", "share_link_expired", "share_password_wrong"],
} as const satisfies Endpoint;
