import { z } from "zod";
import { type Endpoint, keyRightNames } from "./endpoint.ts";

const timestamp = z.iso.datetime({ offset: true });

const rights = z.array(z.enum(keyRightNames));

/** An API key as its administrators see it: never the secret. */
export const ApiKey = z.object({
  id: z.string().describe("Public part of the key, after `b24k_`"),
  name: z.string(),
  rights,
  portals: z.array(z.number().int()).nullable().describe("Ids of the portals it may see; null: all"),
  createdAt: timestamp,
  createdBy: z.string(),
  expiresAt: timestamp.nullable(),
  lastUsedAt: timestamp.nullable().describe("To the minute"),
  revokedAt: timestamp.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const createKey = {
  id: "createKey",
  method: "post",
  path: "/api/v1/keys",
  tag: "keys",
  summary: "Make an API key; its secret is shown this once",
  access: "admin",
  body: z.object({
    name: z.string().trim().min(1).max(100),
    rights: rights.min(1),
    portals: z.array(z.number().int().positive()).min(1).max(1000).nullable().default(null),
    expiresAt: timestamp.nullable().default(null),
  }),
  status: 201,
  response: z.object({
    key: ApiKey,
    secret: z.string().describe("Send it as `Authorization: Bearer` or `X-API-Key`"),
  }),
} as const satisfies Endpoint;

export const listKeys = {
  id: "listKeys",
  method: "get",
  path: "/api/v1/keys",
  tag: "keys",
  summary: "API keys, newest first, revoked ones included",
  access: "admin",
  status: 200,
  response: z.object({ keys: z.array(ApiKey) }),
} as const satisfies Endpoint;

export const revokeKey = {
  id: "revokeKey",
  method: "delete",
  path: "/api/v1/keys/{id}",
  tag: "keys",
  summary: "End a key now and for good; revoking it again changes nothing",
  access: "admin",
  params: z.object({ id: z.string().max(64) }),
  status: 204,
  errors: ["not_found"],
} as const satisfies Endpoint;
