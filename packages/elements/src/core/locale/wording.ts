import { Formats } from "./formats.ts";
import type { Language, Locale, Texts } from "./locale.ts";

/** What puts texts and figures into a reader's words; a `LocaleController` follows the page, `wordingOf` does not. */
export interface Wording {
  readonly language: Language;
  readonly format: Formats;
  texts<M>(texts: Texts<M>): M;
}

/** Words for a reader who is known beforehand. */
export function wordingOf(locale: Locale): Wording {
  const { language } = locale;
  return { language, format: new Formats(locale), texts: (texts) => texts[language] };
}
