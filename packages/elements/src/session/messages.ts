import type { Texts } from "../core/index.ts";
import { en } from "./messages.en.ts";
import { ru } from "./messages.ru.ts";

/** Texts of `<b24-sign-in>`. */
export interface SessionMessages {
  heading: string;
  lead: string;
  email: string;
  password: string;
  key: string;
  keyHint: string;
  signIn: string;
  signingIn: string;
  byKey: string;
  byPassword: string;
  emailMissing: string;
  passwordMissing: string;
  keyMissing: string;
  keyWrong: string;
  /** A token that worked is refused now. */
  ended: string;
}

export const sessionTexts: Texts<SessionMessages> = { ru, en };
