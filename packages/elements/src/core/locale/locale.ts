/** Languages that every text exists in. */
export const languages = ["ru", "en"] as const;
export type Language = (typeof languages)[number];

/** How a reader reads: the language of texts and formats, and the time zone of dates (IANA name; absent = the browser's). */
export interface Locale {
  readonly language: Language;
  readonly timeZone?: string;
}

/** The texts of one folder in every language; `M` is the folder's `messages.ts` interface. */
export type Texts<M> = Readonly<Record<Language, M>>;

/** The language that serves a BCP 47 tag: Russian for `ru…`, English for everything else. */
export function toLanguage(tag: string | null | undefined): Language {
  return tag?.toLowerCase().split(/[-_]/)[0] === "ru" ? "ru" : "en";
}
