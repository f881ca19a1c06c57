import type { Messages } from "./messages.ts";

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

export const en: Messages = {
  installTitle: "Install b24kit in Bitrix24",
  installLead: "Enter the portal's address: a page of Bitrix24 opens, where an administrator allows access.",
  domainLabel: "Portal's address",
  domainHint: "For example: mycompany.bitrix24.com",
  installButton: "Install the application",
  installed: (host) => `The application is installed on ${host}`,
  reauthorised: "Access was renewed; the data stayed.",
  buttons: (n) => count(n, "button in the CRM", "buttons in the CRM"),
  events: (n) => count(n, "event subscription", "event subscriptions"),
  scopes: (names) => `Scopes: ${names}`,
  nextTitle: "What to do next",
  nextOpen: "Open a list or a card of deals, leads, contacts or companies and press “CRM data”.",
  nextSync: "Start the first sync: it fills the tables and charts.",
  finishLead: "One step is left: the portal has to learn that the installation is finished.",
  finishButton: "Finish the installation",
  toPortal: "Open the portal",
  again: "Begin the installation again",
  outsideTitle: "Open this page from the portal",
  outsideLead: "It works inside Bitrix24: press “CRM data” in a list or a card.",
  kinds: { DEAL: "Deal", LEAD: "Lead", CONTACT: "Contact", COMPANY: "Company" },
  lists: { DEAL: "Deals", LEAD: "Leads", CONTACT: "Contacts", COMPANY: "Companies" },
  pageTitle: "CRM data",
  errors: {
    portal_domain_invalid: [
      "This is not a portal's address",
      "Enter one like mycompany.bitrix24.com. A portal on its own server is named by b24kit's administrator in BITRIX_PORTAL_URL.",
    ],
    install_state_invalid: [
      "This installation is finished or too old",
      "Begin again: nothing was left of it. If the application is open in the portal, reload the portal's page.",
    ],
    foreign_application: [
      "This key belongs to another application",
      "Open the page from the portal, by this application's button.",
    ],
    application_not_configured: [
      "The application is not configured yet",
      "b24kit's administrator sets BITRIX24_CLIENT_ID and BITRIX24_CLIENT_SECRET from the application's card.",
    ],
    portal_unreachable: [
      "The portal does not answer",
      "Check the address and try again: nothing was left behind.",
    ],
    portal_not_bitrix: ["There is no Bitrix24 at this address", "Check the portal's address."],
    portal_access_denied: [
      "An administrator of the portal is needed",
      "Sign in to the portal as an administrator and install again.",
    ],
    insufficient_scope: [
      "The application lacks a scope",
      "Add the scope named below in the application's card and install again.",
    ],
    portal_credential_rejected: [
      "The portal refused the application's keys",
      "Compare BITRIX24_CLIENT_ID and BITRIX24_CLIENT_SECRET with the application's card.",
    ],
    portal_token_expired: [
      "Access to the portal has ended",
      "Install the application again: the data are there.",
    ],
    portal_plan_required: [
      "The portal's plan has closed the access",
      "Renew the portal's subscription and try again.",
    ],
    portal_rate_limited: ["The portal is busy", "Wait a minute and try again."],
    unknown_portal: [
      "The application is not installed on this portal",
      "Ask an administrator to install it.",
    ],
    bad_request: [
      "This does not look like a portal's request",
      "Open the application from the portal, or install it.",
    ],
    database_unavailable: ["The database does not answer", "Try again in a minute."],
  },
  otherError: [
    "It did not work",
    "Try again. If that does not help, tell an administrator the request's number.",
  ],
};
