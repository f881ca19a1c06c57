import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { acceptEvent } from "../../../packages/api/src/features/portal/accept-event.ts";
import { createInbox } from "../../../packages/api/src/features/portal/inbox.ts";
import { createEventKeeper } from "../../../packages/api/src/features/portal/keep-events.ts";
import { insertWebhookToken } from "../../../packages/api/src/features/portal/store/event-tokens.ts";
import { insertInboxEvents } from "../../../packages/api/src/features/portal/store/inbox.ts";
import { parsePhpForm } from "../../../packages/api/src/platform/bitrix/php-form.ts";
import { CRM_ENTITIES } from "../../mirror-equals.ts";
import type { Rig } from "../../sync-rig.ts";
import type { Chance } from "./chance.ts";

/** The way of the portal's events into the inbox. */
export interface PortalEvents {
  /** From now on events are lost, doubled and late by other shares. */
  turn(chance: Chance): void;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const EVENTS = CRM_ENTITIES.flatMap((entity) => [
  ...["ADD", "UPDATE", "DELETE"].map((what) => `ONCRM${entity.toUpperCase()}${what}`),
  ...["ADD", "UPDATE", "DELETE"].map((what) => `ONCRM${entity.toUpperCase()}USERFIELD${what}`),
]);

/** By the portal's clock, which is fast. */
const LATEST_MS = 20_000;

/** Subscribes the inbox to everything that an outgoing webhook hears of; what it cannot keep is lost. */
export async function followPortalEvents({ db, bus, portal, portalId }: Rig): Promise<PortalEvents> {
  const inbox = createInbox(db, bus);
  const keepEvent = createEventKeeper((events) => insertInboxEvents(db.pool, events));
  const openWithToken = () => {
    throw new Error("an outgoing webhook has no token of a person");
  };
  const server = createServer(async (request, response) => {
    try {
      const form = parsePhpForm(await text(request));
      await acceptEvent({ db, keepEvent, openWithToken }, form);
      inbox.arrived();
      response.end("ok");
    } catch {
      response.writeHead(503).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { apps } = portal.control;
  const { token } = apps.addOutgoingWebhook({ url: `http://127.0.0.1:${port}/`, events: EVENTS });
  await insertWebhookToken(db.pool, portalId, token);
  return {
    turn(chance) {
      const share = () => chance.pick([0, 0.1, 0.3]);
      const jitterMs = chance.pick([0, LATEST_MS / 10, LATEST_MS]);
      apps.settings({ delivery: { loss: share(), duplicates: share(), jitterMs } });
    },
    settled: () => apps.settled(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
