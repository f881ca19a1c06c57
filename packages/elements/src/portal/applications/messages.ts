import type { Texts } from "../../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-applications>`. */
export interface ApplicationsMessages {
  heading: string;
  lead: string;
  none: string;
  ofSettings: (clientId: string) => string;
  /** What is to be entered on the application's card in the portal. */
  cardTitle: string;
  cardText: string;
  handler: string;
  install: string;
  scopes: string;
  add: string;
  url: string;
  urlHint: string;
  urlWrong: string;
  clientId: string;
  clientIdHint: string;
  clientIdWrong: string;
  secret: string;
  secretHint: string;
  secretWrong: string;
  save: string;
  saving: string;
  saved: (host: string) => string;
  next: string;
  toInstall: string;
  remove: string;
  removeOf: (host: string) => string;
  removeQuestion: (host: string) => string;
  removeYes: string;
  removeNo: string;
  removed: (host: string) => string;
}

export const applicationsTexts: Texts<ApplicationsMessages> = { ru, en };
