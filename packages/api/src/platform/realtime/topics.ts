import type { Right, Topic } from "@b24kit/client/contract";
import type { Caller } from "../auth/caller.ts";
import type { Bus } from "../bus/bus.ts";

/** What a feature gives so that its topic can be subscribed to; its changes are the bus's events of that topic. */
export interface TopicSource {
  readonly right: Right;
  /** The whole present state of the topic for a portal. */
  snapshot(portalId: number, caller: Caller): Promise<unknown>;
  /**
   * Where changes are states of parts: the part a change speaks of. A newer change of the same part replaces one that
   * was not sent yet. Without it every change is sent.
   */
  keyOf?(change: unknown): string;
  /** What this caller may see of a change; undefined where it is nothing of theirs. Without it everybody sees all. */
  view?(change: unknown, portalId: number, caller: Caller): unknown;
  /** A page that names its tab has subscribed; answers how to tell that it is gone. */
  attend?(portalId: number, caller: Caller, session: string): () => void;
}

export type Topics = Readonly<Record<Topic, TopicSource>>;

/** What every subscription needs. */
export interface Hub {
  readonly bus: Pick<Bus, "subscribe" | "since" | "head">;
  readonly topics: Topics;
  /** @throws AppError unknown_portal, portal_required */
  resolvePortal(caller: Caller, name: string | undefined): Promise<{ id: number }>;
}
