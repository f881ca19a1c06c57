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
  }),
} as const satisfies Endpoint;
