import type { ErrorCode } from "@b24kit/client/contract";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";
import type { Language } from "./page.ts";
import type { RecordKind } from "./places.ts";

/** What went wrong and what the reader can do, by the code. */
export type Words = readonly [title: string, remedy: string];

/** Words of the pages that the API shows itself: installation and the frame. */
export interface Messages {
  installTitle: string;
  installLead: string;
  domainLabel: string;
  domainHint: string;
  installButton: string;
  installed: (host: string) => string;
  reauthorised: string;
  buttons: (count: number) => string;
  events: (count: number) => string;
  scopes: (names: string) => string;
  nextTitle: string;
  nextOpen: string;
  nextSync: string;
  finishLead: string;
  finishButton: string;
  toPortal: string;
  again: string;
  outsideTitle: string;
  outsideLead: string;
  /** One record of a kind, and several. */
  kinds: Record<RecordKind, string>;
  lists: Record<RecordKind, string>;
  pageTitle: string;
  errors: Partial<Record<ErrorCode, Words>>;
  otherError: Words;
}

export const messages: Record<Language, Messages> = { ru, en };
