import { z } from "zod";
import { ChartLocale } from "./charts.ts";
import type { Endpoint } from "./endpoint.ts";
import { PortalQuery } from "./portal.ts";

/** Media type of a chart's picture. */
export const SVG = "image/svg+xml";

/** How a picture is to look. */
export const ChartPictureLook = z.object({
  locale: ChartLocale.default("ru"),
  timeZone: z.string().max(64).default("UTC").describe("IANA name: where days and months begin"),
  theme: z.enum(["light", "dark"]).default("light"),
  width: z.coerce.number().int().min(240).max(1_600).default(640).describe("Of the whole card, px"),
});
export type ChartPictureLook = z.infer<typeof ChartPictureLook>;

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
  errors: [
    ...([
      "portal_required",
      "unknown_portal",
      "not_found",
      "plan_invalid",
      "sql_refused",
      "sql_off",
    ] as const),
    ...(["query_timeout", "query_too_heavy", "chart_not_drawable"] as const),
  ],
} as const satisfies Endpoint;
