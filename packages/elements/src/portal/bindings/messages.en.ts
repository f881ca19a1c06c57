import { counted } from "../../core/index.ts";
import type { BindingsMessages } from "./messages.ts";

const LISTS: Record<string, string> = {
  LEAD: "leads",
  DEAL: "deals",
  CONTACT: "contacts",
  COMPANY: "companies",
};
const NAMES: Record<string, string> = {
  LEAD: "Lead",
  DEAL: "Deal",
  CONTACT: "Contact",
  COMPANY: "Company",
  TASK: "Task",
  DYNAMICITEM: "Smart process item",
};
const DEEDS: Record<string, string> = { ADD: "added", UPDATE: "changed", DELETE: "deleted" };
const FIELD_DEEDS: Record<string, string> = {
  ADD: "new field",
  UPDATE: "field changed",
  DELETE: "field deleted",
  SETENUMVALUES: "values of a list",
};
const OTHERS: Record<string, string> = {
  ONCRMDEALMOVETOCATEGORY: "Deal: moved to another funnel",
  ONAPPINSTALL: "Application installed",
  ONAPPUPDATE: "Application updated",
  ONAPPUNINSTALL: "Application removed",
  ONAPPTEST: "Test of the connection",
};
const bindings = (n: number) => counted("en", n, { one: "binding", other: "bindings" });

export const en: BindingsMessages = {
  heading: "Buttons and events of the portal",
  lead: "What the portal calls this server for. Checked at every start and once a day.",
  placements: "Buttons",
  events: "Events",
  nothing: "There is nothing.",
  placement: (code) => {
    const [, kind = "", where] = /^CRM_(LEAD|DEAL|CONTACT|COMPANY)_(LIST|DETAIL)_TOOLBAR$/.exec(code) ?? [];
    if (!where) return code;
    return where === "LIST"
      ? `In the list of ${LISTS[kind]}`
      : `In the card of a ${NAMES[kind]?.toLowerCase()}`;
  },
  event: (code) => {
    const [, kind = "", field, deed = ""] =
      /^ON(?:CRM)?(LEAD|DEAL|CONTACT|COMPANY|DYNAMICITEM|TASK)(USERFIELD)?([A-Z]+)$/.exec(code) ?? [];
    const words = (field ? FIELD_DEEDS : DEEDS)[deed];
    if (!words) return OTHERS[code] ?? code;
    return field ? `${NAMES[kind]}: ${words}` : `${NAMES[kind]} ${DEEDS[deed]}`;
  },
  elsewhere: (host) => `leads to ${host}`,
  restore: "Check and restore",
  restoring: "Checking…",
  restored: (made, removed) =>
    [
      made > 0 ? `${bindings(made)} restored` : "",
      removed > 0 ? `${bindings(removed)} out of date taken away` : "",
    ]
      .filter(Boolean)
      .join(", "),
  complete: "Everything is in place.",
  webhookTitle: "The portal is connected by a webhook",
  webhookText:
    "Buttons come with an application only. For changes to arrive at once, make an outgoing webhook to this address in the portal and keep its token here.",
  address: "Address for the outgoing webhook",
  token: "Token of the outgoing webhook",
  tokenHint: "In Bitrix24: Developer resources → Other → Outbound webhook, field “Application token”.",
  tokenWrong: "Paste the whole token: it has at least 16 characters.",
  save: "Keep the token",
  saving: "Saving…",
  saved: "The token is kept: this webhook's events are accepted now.",
};
