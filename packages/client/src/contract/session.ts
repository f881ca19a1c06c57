import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";

/** A short-lived token for a page: what `<b24-provider token-url>` fetches. */
export const PageToken = z.object({ token: z.string(), expiresAt: z.iso.datetime({ offset: true }) });
export type PageToken = z.infer<typeof PageToken>;

export const whoAmI = {
  id: "whoAmI",
  method: "get",
  path: "/api/v1/session",
  tag: "session",
  summary: "Who the credential stands for and what it may do",
  access: "data:read",
  status: 200,
  response: z.object({
    kind: z.enum(["key", "user", "page"]),
    subject: z.string(),
    rights: z.array(z.string()),
  }),
} as const satisfies Endpoint;
