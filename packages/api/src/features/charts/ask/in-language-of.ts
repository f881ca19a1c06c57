/**
 * A model's words where they are in the language of the question, else null: then whoever shows the answer says its
 * reason in the page's own words.
 */
export function inLanguageOf(question: string, locale: "ru" | "en", text: string | null): string | null {
  if (text === null) return null;
  return languageOf(text) === (languageOf(question) ?? locale) ? text : null;
}

/** A Russian sentence may hold names in Latin letters; an English one holds few Cyrillic ones. */
function languageOf(text: string): "ru" | "en" | null {
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (cyrillic + latin === 0) return null;
  return cyrillic * 3 >= cyrillic + latin ? "ru" : "en";
}
