import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { PortalQuery } from "./portal.ts";

const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .describe("e.g. 2026-06");

/** What is planned for a month: of everybody, of one manager or of one funnel. */
export const ChartTarget = z.object({
  month,
  scope: z.enum(["all", "responsible", "funnel"]),
  subject: z.string().max(64).nullable().describe("Id of the manager or of the funnel; null for all"),
  measure: z
    .enum(["won_amount", "won_count", "new_count"])
    .describe("Of deals: sum won, number won, number created"),
  value: z.number().min(0).max(1e15),
});
export type ChartTarget = z.infer<typeof ChartTarget>;

export const listTargets = {
  id: "listChartTargets",
  method: "get",
  path: "/api/v1/charts/targets",
  tag: "charts",
  summary: "Monthly plans; sums are in the portal's base currency",
  access: "data:read",
  query: PortalQuery.extend({ from: month.optional(), to: month.optional() }),
  status: 200,
  response: z.object({ currency: z.string().nullable(), targets: z.array(ChartTarget) }),
  errors: ["portal_required", "unknown_portal"],
} as const satisfies Endpoint;

export const putTargets = {
  id: "putChartTargets",
  method: "put",
  path: "/api/v1/charts/targets",
  tag: "charts",
  summary: "Set monthly plans; a value of null removes one, what is not named stays",
  access: "admin",
  query: PortalQuery,
  body: z.object({
    targets: z
      .array(ChartTarget.extend({ value: ChartTarget.shape.value.nullable() }))
      .min(1)
      .max(1_000),
  }),
  status: 200,
  response: z.object({ changed: z.number().int() }),
  errors: ["portal_required", "unknown_portal", "invalid_parameter"],
} as const satisfies Endpoint;
