import type { Texts } from "./locale/locale.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts that every element shares. Times come formatted. */
export interface CoreMessages {
  loading: string;
  retry: string;
  close: string;
  emptyTitle: string;
  emptyText: string;
  idleTitle: string;
  idleText: string;
  offlineTitle: string;
  offlineText: string;
  noRightsTitle: string;
  unknownErrorTitle: string;
  unknownErrorText: string;
  errorDetails: string;
  requestId: (id: string) => string;
  asOf: (time: string) => string;
  stale: (time: string) => string;
  refresh: string;
  yes: string;
  no: string;
  copy: string;
  copied: string;
  copyOf: (what: string) => string;
}

export const coreTexts: Texts<CoreMessages> = { ru, en };
