import { z } from "zod";
import { ChartCapability, ChartToken } from "./chart-boards.ts";
import { ChartFilters } from "./charts.ts";
import type { Endpoint } from "./endpoint.ts";
import { PortalQuery } from "./portal.ts";

const timestamp = z.iso.datetime({ offset: true });

/** What a capability token is for. */
const EmbedContent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("chart"), id: z.uuid() }),
  z.object({ kind: z.literal("dashboard"), id: z.uuid() }),
  z.object({ kind: z.literal("ask"), entities: z.array(z.string().max(63)).max(20) }),
]);

const portalErrors = ["portal_required", "unknown_portal"] as const;
const found = [...portalErrors, "not_found"] as const;

export const makeEmbedToken = {
  id: "makeEmbedToken",
  method: "post",
  path: "/api/v1/charts/embed-tokens",
  tag: "charts",
  summary:
    "Make a capability token for one chart, one dashboard or asking; your server does this for its visitors",
  access: "data:read",
  query: PortalQuery,
  body: z.object({
    content: EmbedContent,
    can: z.array(ChartCapability).min(1),
    filters: ChartFilters.nullable()
      .default(null)
      .describe("Locked: nobody with this token sees beyond them"),
    origins: z
      .array(z.url())
      .max(20)
      .default([])
      .describe("Pages that may use it; empty: any allowed origin"),
    expiresInSeconds: z.number().int().min(60).max(600).default(600),
  }),
  status: 201,
  response: ChartToken,
  errors: [...found, "embed_revoked"],
} as const satisfies Endpoint;

/** One use of an element on a page of yours: all tokens of the same content, capabilities, lock and pages. */
export const ChartEmbed = z.object({
  id: z.uuid(),
  content: EmbedContent,
  can: z.array(ChartCapability),
  filters: ChartFilters.nullable(),
  origins: z.array(z.string()),
  createdAt: timestamp,
  createdBy: z.string(),
  issued: z.number().int().describe("Tokens made, by renewal as well"),
  used: z.number().int().describe("Times that its chart or dashboard was looked at, or that it was asked"),
  lastUsedAt: timestamp.nullable(),
  lastOrigin: z.string().nullable().describe("The page that it was last used from"),
  revokedAt: timestamp.nullable(),
});
export type ChartEmbed = z.infer<typeof ChartEmbed>;

export const listChartEmbeds = {
  id: "listChartEmbeds",
  method: "get",
  path: "/api/v1/charts/embeds",
  tag: "charts",
  summary: "Where charts are embedded and how much that is used, the latest first",
  access: "data:read",
  query: PortalQuery,
  status: 200,
  response: z.object({ embeds: z.array(ChartEmbed) }),
  errors: [...portalErrors],
} as const satisfies Endpoint;

export const changeChartEmbed = {
  id: "changeChartEmbed",
  method: "patch",
  path: "/api/v1/charts/embeds/{id}",
  tag: "charts",
  summary: "End an embedding now, with every token of it, or allow it again",
  access: "data:read",
  params: z.object({ id: z.uuid() }),
  query: PortalQuery,
  body: z.object({ revoked: z.boolean() }),
  status: 200,
  response: ChartEmbed,
  errors: [...found],
} as const satisfies Endpoint;
