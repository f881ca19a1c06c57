import type { GeneratorLocale } from "@b24kit/client/contract";
import type { Faker } from "@faker-js/faker";

const LOADERS: Readonly<Record<GeneratorLocale, () => Promise<{ faker: Faker }>>> = {
  ru: () => import("@faker-js/faker/locale/ru"),
  en: () => import("@faker-js/faker/locale/en_US"),
  de: () => import("@faker-js/faker/locale/de"),
  fr: () => import("@faker-js/faker/locale/fr"),
  es: () => import("@faker-js/faker/locale/es"),
  pl: () => import("@faker-js/faker/locale/pl"),
};

/** Word lists of a language; they are large, so each comes with its first use. */
export async function loadFaker(locale: GeneratorLocale): Promise<Faker> {
  return (await LOADERS[locale]()).faker;
}
