import { counted } from "../core/index.ts";
import type { PortalMessages } from "./messages.ts";

const records = (n: number) => counted("en", n, { one: "record", other: "records" });
const events = (n: number) => counted("en", n, { one: "event", other: "events" });

export const en: PortalMessages = {
  heading: "Bitrix24 portals",
  lead: "Where the data comes from. Credentials are kept encrypted and never shown.",
  emptyTitle: "No portal is connected yet",
  emptyText: "Connect a portal by an incoming webhook's address, or install the application in it.",
  emptyNoRight: "An administrator can connect a portal: it takes the right admin.",
  state: { connected: "Connected", unreachable: "Does not answer", reauthorise: "Needs new access" },
  access: { application: "Application", webhook: "Webhook" },
  scopes: (scopes) => `scopes: ${scopes}`,
  check: "Check",
  checkOf: (host) => `Check the portal ${host}`,
  checking: "Checking…",
  reinstall: "Authorise again",
  remove: "Remove",
  removeOf: (host) => `Remove the portal ${host}`,
  removeQuestion: (host) =>
    `Remove the portal ${host} and everything that was loaded from it? Nothing is removed in Bitrix24 itself.`,
  removeConfirm: (host) => `To confirm, enter ${host}`,
  removeWrong: (host) => `Enter it exactly: ${host}`,
  removeYes: "Remove portal and data",
  removeNo: "Keep it",
  removed: (host, rows, n) => `The portal ${host} was removed with ${records(rows)} and ${events(n)}.`,
  bound: (host) =>
    `The portal ${host} did not answer, so the application's buttons may still be there: delete the application in Bitrix24.`,
  connect: "Connect",
  connecting: "Connecting…",
  webhook: "Address of the incoming webhook",
  webhookHint:
    "In Bitrix24: Developer resources → Other → Inbound webhook, scope crm. Copy the whole address, like https://mycompany.bitrix24.com/rest/1/code/.",
  webhookMissing: "Paste the webhook's address.",
  webhookShape:
    "This is not a webhook's address. It looks like this: https://mycompany.bitrix24.com/rest/1/code/",
  install: "Install as an application",
  installHint: "An application adds buttons to the CRM's cards and lists, and changes arrive at once.",
  announceConnected: (host) => `The portal ${host} is connected`,
  announceChecked: (host, state) => `The portal ${host}: ${state}`,
};
