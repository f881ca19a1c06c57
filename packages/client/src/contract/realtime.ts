import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { Problem } from "./errors.ts";
import type { GeneratorChange, GeneratorStatus } from "./generator.ts";
import type { EntityStatus, SyncStatus } from "./sync.ts";
import { TabSession } from "./tab-session.ts";

/**
 * Frames of the one WebSocket at `/ws`, JSON text. The first frame authenticates; a subscription answers with its
 * snapshot, then changes. `seq` grows by topic; `after` resumes behind the last one seen (a snapshot comes where
 * the gap cannot be told).
 */
export const Topic = z.enum(["sync", "generator"]);
export type Topic = z.infer<typeof Topic>;

export const ClientFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("auth"), token: z.string().max(8192) }),
  z.object({
    type: z.literal("subscribe"),
    topic: Topic,
    portal: z.string().max(255).optional(),
    after: z.number().int().optional(),
    session: TabSession.optional(),
  }),
  z.object({ type: z.literal("unsubscribe"), topic: Topic, portal: z.string().max(255).optional() }),
  z.object({ type: z.literal("ping") }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

export const ServerFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), rights: z.array(z.string()) }),
  z.object({
    type: z.literal("snapshot"),
    topic: Topic,
    portal: z.string().optional(),
    seq: z.number().int(),
    data: z.unknown(),
  }),
  z.object({
    type: z.literal("change"),
    topic: Topic,
    portal: z.string().optional(),
    seq: z.number().int(),
    data: z.unknown(),
  }),
  z.object({
    type: z.literal("error"),
    topic: Topic.optional(),
    portal: z.string().optional(),
    problem: Problem,
  }),
  z.object({ type: z.literal("pong") }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;

/** What the `data` of a topic's frames is: the snapshot whole, then changes to one part of it. */
export interface TopicData {
  sync: { snapshot: SyncStatus; change: EntityStatus };
  /** Of the caller's own runs only. */
  generator: { snapshot: GeneratorStatus; change: GeneratorChange };
}

/** `subscriptions` of `streamEvents`, once parsed. */
export const StreamSubscriptions = z
  .array(
    z.object({
      topic: Topic,
      portal: z.string().max(255).optional(),
      after: z.number().int().optional(),
      session: TabSession.optional(),
    }),
  )
  .min(1)
  .max(32);

/** The same frames where a proxy forbids WebSockets; the credential is a header, so a page reads it through fetch. */
export const streamEvents = {
  id: "streamEvents",
  method: "get",
  path: "/api/v1/events",
  tag: "realtime",
  summary:
    "Server-sent events: every `data:` is a frame as the WebSocket sends it, `ready` first; a comment every 15 s",
  access: "data:read",
  query: z.object({
    subscriptions: z.string().max(4096).describe('JSON: [{"topic":"sync","portal":"host","after":41}]'),
  }),
  status: 200,
  produces: ["text/event-stream"],
  errors: ["invalid_parameter", "unknown_portal", "portal_required"],
} as const satisfies Endpoint;
