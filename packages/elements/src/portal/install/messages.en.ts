import { counted } from "../../core/index.ts";
import type { InstallMessages } from "./messages.ts";

export const en: InstallMessages = {
  heading: "Install in Bitrix24",
  lead: "Enter the portal's address: Bitrix24 opens a page where an administrator allows access.",
  domain: "Portal's address",
  domainHint: "For example mycompany.bitrix24.com. The address of any of its pages will do.",
  understood: (domain) => `Portal: ${domain}`,
  missing: "Enter the portal's address.",
  short: (word) => `Complete the address, e.g. ${word}.bitrix24.com.`,
  site: "This is Bitrix24's own site, not your portal. The browser shows the portal's address while you work in it.",
  shape: "This does not look like a portal's address. It looks like this: mycompany.bitrix24.com.",
  asks: "The portal will ask permission for:",
  granted: "Access granted to:",
  scope: {
    crm: "CRM: deals, contacts, leads, companies",
    placement: "buttons in the CRM's lists and cards",
    user: "employees",
    user_brief: "employees' names",
    user_basic: "employees' names and contacts",
    department: "departments",
    task: "tasks",
    im: "chat messages",
    calendar: "calendar",
    bizproc: "robots and workflows",
    telephony: "calls",
  },
  install: "Install the application",
  redirecting: "Opening Bitrix24…",
  redirectingText: (domain) => `Going to ${domain}. Access has to be allowed there.`,
  installing: "Installing the application",
  installingText: "Keeping the access, placing buttons, subscribing to events. It takes a few seconds.",
  done: (host) => `The application is installed on ${host}`,
  buttons: (n) => counted("en", n, { one: "button in the CRM", other: "buttons in the CRM" }),
  events: (n) => counted("en", n, { one: "event subscription", other: "event subscriptions" }),
  next: "What comes next",
  nextFinish:
    "Open the application in the portal, among its applications: that ends the installation and shows the buttons.",
  nextOpen: "Open a list or card of deals, leads, contacts or companies and press the application's button.",
  nextSync: "Run the first sync: it fills the tables and charts.",
  finishText:
    "The portal will show the application's page in place of this one. If it does not, press the button.",
  finish: "Finish the installation",
  toPortal: "Open the portal",
  again: "Begin again",
  application: "b24kit",
  outside: "Open this page from the portal",
  outsideText: "It works inside Bitrix24: press “CRM data” in a list or a card.",
  failure: {
    portal_unreachable: {
      title: "The portal does not answer",
      text: "Check the address and try again: nothing was left behind.",
    },
    portal_access_denied: {
      title: "An administrator of the portal is needed",
      text: "Sign in to the portal as an administrator and install again.",
    },
    portal_credential_rejected: {
      title: "The portal refused the application's keys",
      text: "Compare BITRIX24_CLIENT_ID and BITRIX24_CLIENT_SECRET with the application's card.",
    },
    insufficient_scope: {
      title: "The application lacks a scope",
      text: "Add the scope named in the details in the application's card and install again.",
    },
    portal_token_expired: {
      title: "Access to the portal has ended",
      text: "Install the application again: the data are there.",
    },
    portal_rate_limited: {
      title: "The portal is busy",
      text: "Wait a minute and try again: nothing was left behind.",
    },
    unknown_portal: {
      title: "The application is not installed on this portal",
      text: "Ask an administrator of the portal to install it.",
    },
    bad_request: {
      title: "This does not look like a portal's request",
      text: "Open the application from the portal, or begin an installation.",
    },
    install_state_invalid: {
      title: "This installation is finished or too old",
      text: "Begin again: nothing was left of it. If the application is open in the portal, reload the portal's page.",
    },
  },
};
