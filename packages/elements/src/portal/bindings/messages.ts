import type { Texts } from "../../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-bindings>`. */
export interface BindingsMessages {
  heading: string;
  lead: string;
  placements: string;
  events: string;
  nothing: string;
  /** What a code of the portal means; the code itself where it is not one of ours. */
  placement: (code: string) => string;
  event: (code: string) => string;
  elsewhere: (host: string) => string;
  restore: string;
  restoring: string;
  restored: (made: number, removed: number) => string;
  complete: string;
  webhookTitle: string;
  webhookText: string;
  address: string;
  token: string;
  tokenHint: string;
  tokenWrong: string;
  save: string;
  saving: string;
  saved: string;
}

export const bindingsTexts: Texts<BindingsMessages> = { ru, en };
