import { z } from "zod";
import { ChartFilters, ChartLocale } from "./charts.ts";
import type { Endpoint } from "./endpoint.ts";
import { PortalQuery } from "./portal.ts";
import { TimeZone } from "./time-zone.ts";

/** Media type of a chart's picture. */
export const SVG = "image/svg+xml";

/** How a picture is to look. */
export const ChartPictureLook = z.object({
  locale: ChartLocale.default("ru"),
  timeZone: TimeZone.describe("IANA name: where days and months begin"),
  theme: z.enum(["light", "dark"]).default("light"),
  width: z.coerce.number().int().min(240).max(1_600).default(640).describe("Of the whole card, px"),
  height: z.coerce
    .number()
    .int()
    .min(160)
    .max(1_200)
    .optional()
    .describe("Of the whole card, px; what its form needs where absent"),
});
export type ChartPictureLook = z.infer<typeof ChartPictureLook>;

const timestamp = z.iso.datetime({ offset: true });
const uuid = z.object({ id: z.uuid() });
const found = ["portal_required", "unknown_portal", "not_found"] as const;
const drawing = [
  ...(["not_found", "plan_invalid", "sql_refused", "sql_off"] as const),
  ...(["query_timeout", "query_too_heavy", "chart_not_drawable"] as const),
] as const;

export const drawSavedChart = {
  id: "drawSavedChart",
  method: "get",
  path: "/api/v1/charts/saved/{id}/picture",
  tag: "charts",
  summary: "A kept chart as SVG, as its element draws it: heading, figure, plot. Has an ETag",
  access: "charts:read",
  params: z.object({ id: z.uuid() }),
  query: PortalQuery.extend(ChartPictureLook.shape),
  status: 200,
  produces: [SVG],
  errors: ["portal_required", "unknown_portal", ...drawing],
} as const satisfies Endpoint;

/** An address that a page's `<img>` shows one kept chart by: this chart only, until then. */
export const PictureLink = z.object({
  id: z.uuid(),
  url: z.string().nullable().describe("Shown once, when the link is made; its query says how it looks"),
  expiresAt: timestamp,
  filters: ChartFilters.nullable().describe("Locked for whoever sees it"),
  createdAt: timestamp,
  createdBy: z.string(),
  revokedAt: timestamp.nullable(),
  used: z.number().int().describe("Times that it was looked at"),
  lastUsedAt: timestamp.nullable(),
  lastOrigin: z.string().nullable().describe("The page that it was last looked at from, where that says so"),
});
export type PictureLink = z.infer<typeof PictureLink>;

export const makePictureLink = {
  id: "makePictureLink",
  method: "post",
  path: "/api/v1/charts/saved/{id}/picture-links",
  tag: "charts",
  summary: "Make a signed address of a kept chart's picture, for a page without a script",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  body: z.object({
    expiresInHours: z.number().int().min(1).max(87_600).default(8_760),
    filters: ChartFilters.nullable().default(null),
  }),
  status: 201,
  response: PictureLink,
  errors: ["portal_required", "unknown_portal", ...drawing],
} as const satisfies Endpoint;

export const listPictureLinks = {
  id: "listPictureLinks",
  method: "get",
  path: "/api/v1/charts/saved/{id}/picture-links",
  tag: "charts",
  summary: "Addresses of a kept chart's picture, the latest first",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  status: 200,
  response: z.object({ links: z.array(PictureLink) }),
  errors: [...found],
} as const satisfies Endpoint;

export const revokePictureLink = {
  id: "revokePictureLink",
  method: "delete",
  path: "/api/v1/charts/picture-links/{id}",
  tag: "charts",
  summary: "End an address of a picture now",
  access: "data:read",
  params: uuid,
  query: PortalQuery,
  status: 204,
  errors: [...found],
} as const satisfies Endpoint;

export const drawLinkedPicture = {
  id: "drawLinkedPicture",
  method: "get",
  path: "/api/v1/charts/pictures/{link}",
  tag: "charts",
  summary:
    "A kept chart as SVG for an `<img>`. A failure is a picture too, with its status: an image shows no JSON",
  access: "public",
  params: z.object({ link: z.string().max(128) }),
  query: ChartPictureLook,
  status: 200,
  produces: [SVG],
  errors: ["share_link_invalid", "share_link_expired", ...drawing],
} as const satisfies Endpoint;
