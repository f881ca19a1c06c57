import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";

/** A short-lived token for a page: what `<b24-provider token-url>` fetches. */
export const PageToken = z.object({ token: z.string(), expiresAt: z.iso.datetime({ offset: true }) });
export type PageToken = z.infer<typeof PageToken>;

/** How a person may sign in. Public: a page asks before anybody has signed in. */
export const SignInSettings = z.object({
  methods: z.array(z.enum(["key", "password"])).describe("`password`: at the Supabase named here"),
  supabaseUrl: z.string().optional().describe("Origin of the Supabase project, as browsers reach it"),
  anonKey: z.string().optional().describe("Its public key"),
});
export type SignInSettings = z.infer<typeof SignInSettings>;

export const getSignIn = {
  id: "getSignIn",
  method: "get",
  path: "/api/v1/sign-in",
  tag: "session",
  summary: "Ways to sign in, and where",
  access: "public",
  status: 200,
  response: SignInSettings,
} as const satisfies Endpoint;

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
