import type { Portal } from "../portal.ts";
import type { Application } from "./application.ts";
import { addApplication, changeApplication } from "./card.ts";
import { type AppChangeInput, type AppInput, type AppSettingsInput, appSettingsInput } from "./inputs.ts";
import type { AppSettings } from "./settings.ts";

/** What an administrator does with applications. Each throws a ZodError where its input makes no sense. */
export interface AppControl {
  list(): Application[];
  /** By number or client_id. */
  get(id: number | string): Application | undefined;
  /** Adds an application to the portal. */
  create(input: AppInput): Application;
  /** undefined where there is no such application. */
  change(id: number | string, input: AppChangeInput): Application | undefined;
  settings(input?: AppSettingsInput): AppSettings;
}

export function createAppControl(portal: Portal): AppControl {
  const { applications } = portal;
  const find = (id: number | string) =>
    typeof id === "number" ? applications.byId(id) : applications.get(id);
  return {
    list: () => applications.list(),
    get: find,
    create: (input) => addApplication(portal, input),
    change(id, input) {
      const known = find(id);
      return known && changeApplication(portal, known, input);
    },
    settings: (input = {}) => setAppSettings(portal, input),
  };
}

function setAppSettings(portal: Portal, input: AppSettingsInput): AppSettings {
  const { handlers, oauth, delivery } = appSettingsInput.parse(input);
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
