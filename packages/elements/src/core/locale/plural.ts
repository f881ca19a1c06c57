import type { Language } from "./locale.ts";

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const rules = new Map<Language, Intl.PluralRules>();

/** The word form for a number: `plural("ru", 3, {one: "строка", few: "строки", many: "строк", other: "строки"})`. */
export function plural(language: Language, n: number, forms: Forms): string {
  let rule = rules.get(language);
  if (!rule) {
    rule = new Intl.PluralRules(language);
    rules.set(language, rule);
  }
  return forms[rule.select(n)] ?? forms.other;
}

const numbers: Record<Language, Intl.NumberFormat> = {
  ru: new Intl.NumberFormat("ru"),
  en: new Intl.NumberFormat("en"),
};

/** A grouped whole number with its word: "10 000 строк". */
export function counted(language: Language, n: number, forms: Forms): string {
  return `${numbers[language].format(n)}\u00a0${plural(language, n, forms)}`;
}
