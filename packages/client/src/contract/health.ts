import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";

export const getHealth = {
  id: "getHealth",
  method: "get",
  path: "/health",
  tag: "health",
  summary: "Whether the API and its database work; tells strangers no more than that",
  access: "public",
  status: 200,
  response: z.object({
    status: z.enum(["ok", "degraded"]),
    database: z.enum(["ok", "unavailable"]),
    version: z.string(),
    generatedSql: z
      .enum(["on", "off", "unchecked"])
      .describe("off: a check of the database's set-up failed; GET /api/v1/charts/safety tells why"),
  }),
} as const satisfies Endpoint;
