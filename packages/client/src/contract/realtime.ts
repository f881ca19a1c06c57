import { z } from "zod";
import { Problem } from "./errors.ts";

/**
 * Frames of the one WebSocket at `/ws`, JSON text. The first frame authenticates; a subscription answers with its
 * snapshot, then changes. `seq` grows by topic; `after` resumes behind the last one seen (a snapshot comes where
 * the gap cannot be told).
 */
export const Topic = z.enum(["sync"]);
export type Topic = z.infer<typeof Topic>;

export const ClientFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("auth"), token: z.string().max(8192) }),
  z.object({ type: z.literal("subscribe"), topic: Topic, portal: z.string().max(255).optional(), after: z.number().int().optional() }),
  z.object({ type: z.literal("unsubscribe"), topic: Topic, portal: z.string().max(255).optional() }),
  z.object({ type: z.literal("ping") }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

export const ServerFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), rights: z.array(z.string()) }),
  z.object({ type: z.literal("snapshot"), topic: Topic, portal: z.string().optional(), seq: z.number().int(), data: z.unknown() }),
  z.object({ type: z.literal("change"), topic: Topic, portal: z.string().optional(), seq: z.number().int(), data: z.unknown() }),
  z.object({ type: z.literal("error"), topic: Topic.optional(), problem: Problem }),
  z.object({ type: z.literal("pong") }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
