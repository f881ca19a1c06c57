import type { Delivery, Subscription } from "@b24kit/client";

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** An address that is well, unless told otherwise. */
export function subscriptionOf(part: Partial<Subscription> = {}): Subscription {
  return {
    id: 1,
    url: "https://site.example/hooks/b24kit",
    events: ["sync.run.finished", "sync.run.failed", "sync.schema.changed"],
    createdAt: ago(480),
    enabled: true,
    disabledReason: null,
    pending: 0,
    lastDeliveredAt: ago(2),
    failingSince: null,
    ...part,
  };
}

/** Addresses in every state. */
export function sampleSubscriptions(): Subscription[] {
  const off = { enabled: false, lastDeliveredAt: ago(60) } as const;
  return [
    subscriptionOf(),
    subscriptionOf({
      id: 2,
      url: "https://report.example/b24",
      events: ["sync.run.failed"],
      pending: 3,
      failingSince: ago(5),
    }),
    subscriptionOf({ ...off, id: 3, url: "https://old.example/hook", disabledReason: "person" }),
    subscriptionOf({
      ...off,
      id: 4,
      url: "https://lost.example/hook",
      disabledReason: "failures",
      pending: 12,
    }),
    subscriptionOf({ ...off, id: 5, url: "https://gone.example/hook", disabledReason: "gone" }),
  ];
}

/** A message that arrived, unless told otherwise. */
export function deliveryOf(part: Partial<Delivery> = {}): Delivery {
  return {
    id: "msg_1",
    event: "sync.run.finished",
    about: { entity: "deal", label: { ru: "Сделки", en: "Deals" }, run: 42 },
    createdAt: ago(2),
    state: "delivered",
    attempts: 1,
    nextAttemptAt: null,
    status: 200,
    error: null,
    milliseconds: 120,
    ...part,
  };
}

/** A message that the receiver did not take. */
export function refusedDelivery(part: Partial<Delivery> = {}): Delivery {
  const error = { code: "outgoing_unreachable", detail: "connect ECONNREFUSED 203.0.113.7:443" } as const;
  return deliveryOf({ id: "msg_2", state: "failed", status: null, error, milliseconds: 42, ...part });
}

/** Messages in every state. */
export function sampleDeliveries(): Delivery[] {
  return [
    refusedDelivery({ id: "msg_3", state: "pending", attempts: 4, nextAttemptAt: ago(-1) }),
    deliveryOf(),
    refusedDelivery({ event: "sync.run.failed", attempts: 10, createdAt: ago(90) }),
  ];
}
