import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { PortalQuery } from "./portal.ts";

/** Whether generated SQL may run for a portal, as its database's set-up withstood our own attacks. */
export const ChartSafety = z.object({
  generatedSql: z.enum(["on", "off"]),
  reason: z.enum(["no_login", "login_failed", "attack_worked"]).nullable(),
  detail: z.string().nullable().describe("What is wrong and what closes it; in English, for administrators"),
  checkedAt: z.iso.datetime(),
  attempts: z.array(
    z.object({
      name: z.string(),
      outcome: z.enum(["refused", "worked"]),
      remedy: z.string().describe("What closes it where it worked"),
    }),
  ),
});
export type ChartSafety = z.infer<typeof ChartSafety>;

export const getChartSafety = {
  id: "getChartSafety",
  method: "get",
  path: "/api/v1/charts/safety",
  tag: "charts",
  summary: "Whether generated SQL may run, and what was tried against the database's set-up",
  access: "admin",
  query: PortalQuery,
  status: 200,
  response: ChartSafety,
  errors: ["unknown_portal", "portal_required", "database_unavailable"],
} as const satisfies Endpoint;
