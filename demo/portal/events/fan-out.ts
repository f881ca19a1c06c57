import type { Application } from "../apps/application.ts";
import type { Portal } from "../portal.ts";
import { applicationAuth, portalAuth } from "./auth-block.ts";
import { isWebhookEvent } from "./catalogue.ts";
import type { EventHandler } from "./handlers.ts";
import type { DomainEvent } from "./portal-events.ts";

/** Takes every event to those who subscribed: by form to handlers and webhooks, into the queue of the offline ones. */
export function startFanOut(portal: Portal): void {
  portal.events.onEvent((event) => {
    for (const handler of portal.handlers.list()) {
      if (handler.event === event.event && (event.onlyFor ?? handler.clientId) === handler.clientId)
        tellHandler(portal, handler, event);
    }
    if (event.onlyFor !== undefined) return;
    for (const webhook of portal.outgoingWebhooks.list()) {
      if (!webhook.events.includes(event.event) || !isWebhookEvent(event.event)) continue;
      portal.delivery.send({
        url: webhook.url,
        label: event.event,
        form: {
          event: event.event,
          event_handler_id: webhook.id,
          data: dataOf(event),
          ts: secondsNow(portal),
          auth: { ...portalAuth(portal), application_token: webhook.token },
        },
      });
    }
  });
}

function tellHandler(portal: Portal, handler: EventHandler, event: DomainEvent): void {
  const application = portal.applications.get(handler.clientId);
  // Nothing is sent to an application whose installation is not finished.
  if (!application?.installed) return;
  if (handler.offline) {
    queueOffline(portal, application, handler, event);
    return;
  }
  const userId = event.userId === 0 ? 0 : handler.authType || event.userId;
  postEvent(portal, application, handler, { event: event.event, data: dataOf(event), userId });
}

interface Told {
  event: string;
  data: ReturnType<typeof dataOf>;
  userId: number;
  renewable?: boolean;
  notBefore?: number;
}

/** Posts one event to one handler of an application. */
export function postEvent(
  portal: Portal,
  application: Application,
  handler: Pick<EventHandler, "id" | "url">,
  { event, data, userId, renewable = false, notBefore = 0 }: Told,
): void {
  const form = {
    event,
    event_handler_id: handler.id,
    data,
    ts: secondsNow(portal),
    auth: applicationAuth(portal, application, userId, renewable),
  };
  portal.delivery.send({ url: handler.url, label: event, form }, notBefore);
}

function queueOffline(
  portal: Portal,
  application: Application,
  handler: EventHandler,
  event: DomainEvent,
): void {
  const { clientId, connector } = handler;
  const isEcho = connector !== "" && event.origin.connector === connector;
  if (isEcho) return;
  const at = portal.clock.now();
  portal.offline.add({
    clientId,
    connector,
    event: event.event,
    data: dataOf(event),
    userId: event.userId,
    at,
  });
  for (const ping of portal.handlers.of(clientId)) {
    if (ping.event === "ONOFFLINEEVENT" && !ping.offline)
      pingOffline(portal, application, ping, event.userId);
  }
}

/** Tells that the queue is not empty, not more often than the handler asked for. */
function pingOffline(portal: Portal, application: Application, ping: EventHandler, userId: number): void {
  const now = portal.clock.now();
  const pause = ping.minTimeout * 1000;
  const next = portal.offline.nextPing.get(ping.id) ?? 0;
  // A later ping is waiting already: it will tell of this event as well.
  if (next > now + pause) return;
  const notBefore = Math.max(now, next);
  portal.offline.nextPing.set(ping.id, notBefore + pause);
  postEvent(portal, application, ping, {
    event: "ONOFFLINEEVENT",
    data: {},
    userId: ping.authType || userId,
    renewable: true,
    notBefore,
  });
}

function dataOf({ fields, data }: DomainEvent) {
  return data ?? { FIELDS: fields ?? {} };
}

/** Unix time, as forms say it. */
export const secondsNow = ({ clock }: Portal) => Math.floor(clock.now() / 1000);
