import type { AnyErrorCode } from "@b24kit/client";
import type { Texts } from "../locale/locale.ts";
import { en } from "./error-texts.en.ts";
import { ru } from "./error-texts.ru.ts";

/** What an error is called and what the reader can do about it. */
export interface ErrorText {
  title: string;
  remedy: string;
}

/** A text for each code of the API and of the client; a missing one does not compile. */
export type ErrorTexts = Record<AnyErrorCode, ErrorText>;

export const errorTexts: Texts<ErrorTexts> = { ru, en };
