import type { SubscriptionEvent } from "@b24kit/client/contract";
import type { App } from "../../platform/http/environment.ts";
import { every, type Loop } from "../../platform/jobs/every.ts";
import { deliverDue } from "./deliver-due.ts";
import type { SubscriptionDeps } from "./deps.ts";
import { messageBody } from "./message-body.ts";
import { routes } from "./routes.ts";
import { insertMessages } from "./store/messages.ts";
import type { Queryable } from "./store/queryable.ts";

const TOPIC = "subscriptions";
const LOOK_EVERY_MS = 5_000;

/** Longer than the longest attempt. */
const LEASE_SECONDS = 60;

export interface Subscriptions {
  /** Keeps a message for every address that wants to know: exactly if the transaction of `client` commits. */
  announce(
    client: Queryable,
    news: { portalId: number; event: SubscriptionEvent; data: object },
  ): Promise<void>;
  mount(app: App): void;
  /** Sends what is due until `stop`; for the roles `worker` and `all`. */
  work(): void;
  stop(): Promise<void>;
}

type Options = Omit<SubscriptionDeps, "leaseSeconds" | "random"> & Partial<SubscriptionDeps>;

/** Outgoing webhooks: a durable queue of signed messages to addresses that people have named. */
export function createSubscriptions(options: Options): Subscriptions {
  const deps: SubscriptionDeps = { leaseSeconds: LEASE_SECONDS, random: Math.random, ...options };
  const { bus, log } = deps;
  const stopping = new AbortController();
  let loop: Loop | null = null;
  const unsubscribe = bus.subscribe(TOPIC, null, () => loop?.wake());
  return {
    async announce(client, { portalId, event, data }) {
      const body = messageBody(event, deps.now(), data);
      if ((await insertMessages(client, { portalId, event, body })) > 0)
        await bus.publish(TOPIC, null, {}, client);
    },
    mount: (app) => routes(app, deps, () => bus.publish(TOPIC, null, {})),
    work() {
      loop ??= every(LOOK_EVERY_MS, () => deliverDue(deps, stopping.signal), { log, name: TOPIC });
    },
    async stop() {
      stopping.abort();
      unsubscribe();
      await loop?.stop();
    },
  };
}
