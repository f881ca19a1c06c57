import type { Portal } from "@b24kit/client";
import type { Texts } from "../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-portals>`. Those of `<b24-install>` are beside it. */
export interface PortalMessages {
  heading: string;
  lead: string;
  emptyTitle: string;
  emptyText: string;
  emptyNoRight: string;
  state: Record<Portal["state"], string>;
  access: Record<Portal["access"][number], string>;
  scopes: (scopes: string) => string;
  check: string;
  checkOf: (host: string) => string;
  checking: string;
  reinstall: string;
  remove: string;
  removeOf: (host: string) => string;
  removeQuestion: (host: string) => string;
  removeConfirm: (host: string) => string;
  removeWrong: (host: string) => string;
  removeYes: string;
  removeNo: string;
  removed: (host: string, rows: number, events: number) => string;
  bound: (host: string) => string;
  connect: string;
  connecting: string;
  webhook: string;
  webhookHint: string;
  webhookMissing: string;
  webhookShape: string;
  install: string;
  installHint: string;
  announceConnected: (host: string) => string;
  announceChecked: (host: string, state: string) => string;
}

export const portalTexts: Texts<PortalMessages> = { ru, en };
