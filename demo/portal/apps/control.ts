import type { DeliveryRecord } from "../events/delivery.ts";
import type { EventHandler } from "../events/handlers.ts";
import type { OutgoingWebhook } from "../events/outgoing-webhooks.ts";
import type { Portal } from "../portal.ts";
import type { RobotRule, RobotRun } from "../robots/robots.ts";
import type { Application } from "./application.ts";
import { addOutgoingWebhook, addRobotRule } from "./automation.ts";
import { addApplication, changeApplication } from "./card.ts";
import * as inputs from "./inputs.ts";
import { finishInstall, fireApplicationEvent, installApplication, uninstallApplication } from "./install.ts";
import type { Placement } from "./placements.ts";
import type { AppSettings } from "./settings.ts";

/** What an application has bound. */
export interface Bindings {
  events: EventHandler[];
  placements: Placement[];
  /** Codes of its robots. */
  robots: string[];
}

/**
 * What an administrator does with applications. Each throws a ZodError where its input makes no sense, and answers
 * undefined where there is no such application. Applications are called by number or client_id.
 */
export interface AppControl {
  list(): Application[];
  get(id: number | string): Application | undefined;
  /** Adds an application and installs it: ONAPPINSTALL is posted, or the first open shows the install page. */
  create(input: inputs.AppInput): Application;
  change(id: number | string, input: inputs.AppChangeInput): Application | undefined;
  /** Installs again: the same credentials, the installation from its beginning. One from the market may have been removed. */
  reinstall(id: number | string): Application | undefined;
  /** As if the frame had said `installFinish`. */
  finishInstall(id: number | string): Application | undefined;
  /** Uninstalls: bindings go, ONAPPUNINSTALL is posted, tokens are refused. False where there is none. */
  remove(id: number | string, options?: { clean?: boolean }): boolean;
  /** Tells it of a new version (which it then has), of a payment, of a method that was allowed. */
  fire(id: number | string, input: inputs.AppEventInput): Application | undefined;
  bindings(id: number | string): Bindings | undefined;
  settings(input?: inputs.AppSettingsInput): AppSettings;
  addOutgoingWebhook(input: inputs.OutgoingWebhookInput): OutgoingWebhook;
  outgoingWebhooks(): OutgoingWebhook[];
  removeOutgoingWebhook(id: number): boolean;
  addRobotRule(input: inputs.RobotRuleInput): RobotRule;
  robotRules(): RobotRule[];
  removeRobotRule(id: number): boolean;
  robotRuns(): RobotRun[];
  /** What was posted to handlers lately, oldest first. */
  deliveries(): readonly DeliveryRecord[];
  /** Resolves when no delivery is under way. */
  settled(): Promise<void>;
  /** Moves the portal to another address; answers the present one where nothing is given. */
  rename(input?: inputs.RenameInput): { url: string; memberId: string };
}

export function createAppControl(portal: Portal): AppControl {
  const { applications } = portal;
  const find = (id: number | string) =>
    typeof id === "number" ? applications.byId(id) : applications.get(id);
  /** A local application that is added again is another one; one from the market comes back with its client_id. */
  const removedFromMarket = (id: number | string) => {
    const known = typeof id === "string" ? applications.remember(id) : undefined;
    return known?.marketCode ? known : undefined;
  };
  return {
    list: () => applications.list(),
    get: find,
    create: (input) => installApplication(portal, addApplication(portal, input)),
    change(id, input) {
      const known = find(id);
      return known && changeApplication(portal, known, input);
    },
    reinstall(id) {
      const known = find(id) ?? removedFromMarket(id);
      return known && installApplication(portal, { ...known, removed: false });
    },
    finishInstall(id) {
      const known = find(id);
      return known && finishInstall(portal, known.clientId);
    },
    remove(id, { clean = false } = {}) {
      const known = find(id);
      if (known) uninstallApplication(portal, known, clean);
      return known !== undefined;
    },
    fire(id, input) {
      const known = find(id);
      return known && fireApplicationEvent(portal, known, input);
    },
    bindings(id) {
      const known = find(id);
      return known && bindingsOf(portal, known.clientId);
    },
    settings: (input = {}) => setAppSettings(portal, input),
    addOutgoingWebhook: (input) => addOutgoingWebhook(portal, input),
    outgoingWebhooks: () => portal.outgoingWebhooks.list(),
    removeOutgoingWebhook: (id) => portal.outgoingWebhooks.remove(id),
    addRobotRule: (input) => addRobotRule(portal, input),
    robotRules: () => portal.robots.rules(),
    removeRobotRule: (id) => portal.robots.removeRule(id),
    robotRuns: () => portal.robots.runs(),
    deliveries: () => portal.delivery.records,
    settled: () => portal.delivery.settled(),
    rename(input) {
      if (input !== undefined) portal.address.rename(inputs.renameInput.parse(input).url);
      return { url: portal.address.url, memberId: portal.memberId };
    },
  };
}

function bindingsOf(portal: Portal, clientId: string): Bindings {
  return {
    events: portal.handlers.of(clientId),
    placements: portal.placements.of(clientId),
    robots: portal.robots.of(clientId).map(({ code }) => code),
  };
}

function setAppSettings(portal: Portal, input: inputs.AppSettingsInput): AppSettings {
  const { handlers, oauth, delivery } = inputs.appSettingsInput.parse(input);
  const before = portal.appSettings;
  portal.appSettings = {
    handlers: merge(before.handlers, handlers),
    oauth: merge(before.oauth, oauth),
    delivery: merge(before.delivery, delivery),
  };
  return portal.appSettings;
}

function merge<T extends object>(before: T, given: { [K in keyof T]?: T[K] | undefined } = {}): T {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(named) };
}
