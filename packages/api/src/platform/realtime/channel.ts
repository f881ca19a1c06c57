import type { ClientFrame, Topic } from "@b24kit/client/contract";
import { type Caller, requireRight } from "../auth/caller.ts";
import { AppError, toFailure } from "../http/app-error.ts";
import { toProblem } from "../http/problem.ts";
import type { Logger } from "../log/logger.ts";
import { type Outlet, subscribe } from "./subscription.ts";
import type { Hub } from "./topics.ts";

export type SubscribeRequest = Omit<Extract<ClientFrame, { type: "subscribe" }>, "type">;

export interface ChannelOptions {
  readonly hub: Hub;
  readonly outlet: Outlet;
  readonly log: Logger;
  /** Named in the problems that this channel sends. */
  readonly requestId: string;
}

/** One client's subscriptions, over whatever carries its frames. */
export interface Channel {
  /** Sets who is asking; subscriptions that the new caller may not have end with a problem. */
  setCaller(caller: Caller): Promise<void>;
  /** Subscribes, or anew where it is subscribed already. @throws AppError forbidden, unknown_portal, portal_required */
  subscribe(request: SubscribeRequest): Promise<void>;
  unsubscribe(request: Pick<SubscribeRequest, "topic" | "portal">): void;
  /** Sends a failure as a frame. */
  fail(error: unknown, about?: Pick<SubscribeRequest, "topic" | "portal">): void;
  close(): void;
}

const MAX_SUBSCRIPTIONS = 32;

export function openChannel({ hub, outlet, log, requestId }: ChannelOptions): Channel {
  const subscriptions = new Map<string, { request: SubscribeRequest; end: () => void }>();
  let caller: Caller | undefined;
  let closed = false;

  function fail(error: unknown, about?: { topic: Topic; portal?: string | undefined }): void {
    const failure = toFailure(error);
    if (failure.code === "internal") log.error({ err: error, requestId }, "a realtime request failed");
    const portal = about?.portal === undefined ? {} : { portal: about.portal };
    const topic = about === undefined ? {} : { topic: about.topic };
    outlet.send({ type: "error", ...topic, ...portal, problem: toProblem(failure, requestId) });
  }

  async function admit(request: SubscribeRequest): Promise<{ caller: Caller; portalId: number }> {
    if (!caller) throw new AppError("unauthenticated", "The first frame must authenticate.");
    requireRight(caller, hub.topics[request.topic].right);
    return { caller, portalId: (await hub.resolvePortal(caller, request.portal)).id };
  }

  function attend(
    { topic, session }: SubscribeRequest,
    { caller, portalId }: { caller: Caller; portalId: number },
  ): () => void {
    const leave = session && hub.topics[topic].attend?.(portalId, caller, session);
    return leave || (() => {});
  }

  function drop(key: string): void {
    subscriptions.get(key)?.end();
    subscriptions.delete(key);
  }

  return {
    fail,
    async setCaller(next) {
      caller = next;
      for (const [key, { request }] of subscriptions) {
        await admit(request).catch((error) => {
          drop(key);
          fail(error, request);
        });
      }
    },
    async subscribe(request) {
      const key = keyOf(request);
      const admitted = await admit(request);
      if (closed) return;
      // The tab comes anew before it goes, so that it is never missed.
      const leave = attend(request, admitted);
      drop(key);
      if (subscriptions.size >= MAX_SUBSCRIPTIONS) {
        leave();
        throw new AppError(
          "too_many_requests",
          `A connection carries at most ${MAX_SUBSCRIPTIONS} subscriptions.`,
        );
      }
      const end = subscribe({
        ...admitted,
        hub,
        outlet,
        topic: request.topic,
        portalName: request.portal,
        after: request.after,
        onFailure(error) {
          drop(key);
          fail(error, request);
        },
      });
      subscriptions.set(key, {
        request,
        end() {
          end();
          leave();
        },
      });
    },
    unsubscribe: (request) => drop(keyOf(request)),
    close() {
      closed = true;
      for (const key of [...subscriptions.keys()]) drop(key);
    },
  };
}

const keyOf = ({ topic, portal }: Pick<SubscribeRequest, "topic" | "portal">) => `${topic} ${portal ?? ""}`;
