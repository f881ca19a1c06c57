import type { AnyErrorCode } from "@b24kit/client";
import type { Texts } from "../../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-install>`. */
export interface InstallMessages {
  heading: string;
  lead: string;
  domain: string;
  domainHint: string;
  understood: (domain: string) => string;
  missing: string;
  short: (word: string) => string;
  site: string;
  shape: string;
  asks: string;
  granted: string;
  scope: Readonly<Record<string, string>>;
  install: string;
  redirecting: string;
  redirectingText: (domain: string) => string;
  installing: string;
  installingText: string;
  done: (host: string) => string;
  buttons: (n: number) => string;
  events: (n: number) => string;
  next: string;
  nextFinish: string;
  nextOpen: string;
  nextSync: string;
  finishText: string;
  finish: string;
  toPortal: string;
  again: string;
  /** Heading where nothing is installed: the application's page. */
  application: string;
  outside: string;
  outsideText: string;
  /** Where an installation's reader needs other words than a webhook's owner. */
  failure: Readonly<Partial<Record<AnyErrorCode, { title: string; text: string }>>>;
}

export const installTexts: Texts<InstallMessages> = { ru, en };
