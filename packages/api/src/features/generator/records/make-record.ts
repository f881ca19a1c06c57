import type { GeneratorEntity } from "@b24kit/client/contract";
import type { Faker } from "@faker-js/faker";
import { toLatin } from "./latin.ts";
import { legalNumbers } from "./legal-numbers.ts";
import { companiesOf, dealParties } from "./links.ts";
import { indexOf, type RecordSeed, seedOf, uniqueDigits } from "./numbers.ts";
import { PLACES, STREETS } from "./places.ts";
import type {
  Address,
  Company,
  Contact,
  Deal,
  Lead,
  MadeRecord,
  Person,
  Recipe,
  RecordOf,
  Stage,
} from "./record.ts";
import { LEGAL_FORMS, NAME_ENDS, NAME_STARTS, WORDS } from "./words.ts";

/** Domains that nobody can own, so that no mail ever reaches a stranger. */
const DOMAINS = ["example.com", "example.org", "example.net"];
const DAY_MS = 86_400_000;

/** Makes the records of one recipe, each by its number alone. */
export interface Factory {
  make<E extends GeneratorEntity>(entity: E, no: number): RecordOf<E>;
}

/** `faker` is used for nothing else meanwhile: each record seeds it anew. */
export function createFactory(recipe: Recipe, faker: Faker): Factory {
  const makers = { company: makeCompany, contact: makeContact, lead: makeLead, deal: makeDeal };
  return {
    make<E extends GeneratorEntity>(entity: E, no: number) {
      const seed: RecordSeed = { seed: recipe.plan.seed, entity, no };
      faker.seed(seedOf(seed));
      const made: MadeRecord = makers[entity]({ recipe, faker, seed, words: WORDS[recipe.plan.locale] });
      return made as RecordOf<E>;
    },
  };
}

interface Making {
  readonly recipe: Recipe;
  readonly faker: Faker;
  readonly seed: RecordSeed;
  readonly words: (typeof WORDS)["ru"];
}

function makeCompany(making: Making): Company {
  const { recipe, faker, seed, words } = making;
  const { catalogue } = recipe;
  const place = faker.helpers.arrayElement(PLACES);
  const russian = recipe.plan.locale === "ru";
  const name = russian ? russianName(faker) : faker.company.name();
  const digits = uniqueDigits(seed.seed, indexOf(seed), 7);
  const slug = `${toLatin(name).slice(0, 24)}${seed.no}`;
  const domain = faker.helpers.arrayElement(DOMAINS);
  const numbers = legalNumbers(place.office, digits.slice(2), faker.number.int({ min: 2003, max: 2024 }));
  return {
    entity: "company",
    title: russian ? `${faker.helpers.arrayElement(LEGAL_FORMS)} «${name}»` : name,
    legal: russian ? `ИНН ${numbers.inn}, КПП ${numbers.kpp}, ОГРН ${numbers.ogrn}` : "",
    phone: russian ? grouped(`+7 ${place.phone}`, digits) : mobile(making),
    email: `info@${slug}.${domain}`,
    web: `https://${slug}.${domain}`,
    address: russian ? russianAddress(faker, place) : foreignAddress(faker, words.country),
    industry: pick(faker, catalogue.industries),
    employees: pick(faker, catalogue.employees),
    type: pick(faker, catalogue.companyTypes),
    revenue: money(faker, 5_000_000, 2),
    currency: catalogue.currency ?? words.currency,
  };
}

function makeContact(making: Making): Contact {
  const { recipe, faker, seed, words } = making;
  const person = makePerson(making);
  return {
    entity: "contact",
    title: fullName(person),
    person,
    post: faker.helpers.arrayElement(words.posts),
    phone: mobile(making),
    email: email(making, person),
    type: pick(faker, recipe.catalogue.contactTypes),
    source: pick(faker, recipe.catalogue.sources),
    companies: companiesOf(seed.seed, seed.no, recipe.plan.counts),
  };
}

function makeLead(making: Making): Lead {
  const { recipe, faker, words } = making;
  const person = makePerson(making);
  const name = recipe.plan.locale === "ru" ? `ООО «${russianName(faker)}»` : faker.company.name();
  return {
    entity: "lead",
    title: `${faker.helpers.arrayElement(words.subjects)} — ${name}`,
    person,
    company: name,
    phone: mobile(making),
    email: email(making, person),
    amount: money(faker, 120_000, 2),
    currency: recipe.catalogue.currency ?? words.currency,
    stage: pickStage(faker, recipe.catalogue.leadStages)?.id ?? null,
    source: pick(faker, recipe.catalogue.sources),
  };
}

function makeDeal({ recipe, faker, seed, words }: Making): Deal {
  const { catalogue } = recipe;
  const funnel = pick(faker, catalogue.funnels);
  const stage = pickStage(faker, funnel?.stages ?? []);
  // A deal that has ended did so in the past, one under way ends in the future.
  const length = faker.number.int({ min: 7, max: 120 });
  const ended = stage !== null && stage.end !== "open";
  const past = ended
    ? length + faker.number.int({ min: 0, max: 240 })
    : faker.number.int({ min: 0, max: length });
  const begin = Date.parse(recipe.day) - past * DAY_MS;
  return {
    entity: "deal",
    title: `${faker.helpers.arrayElement(words.subjects)} № ${seed.no}`,
    amount: money(faker, 250_000, 3),
    currency: catalogue.currency ?? words.currency,
    funnel: funnel?.id ?? 0,
    stage: stage?.id ?? null,
    begin: toDay(begin),
    close: toDay(begin + length * DAY_MS),
    source: pick(faker, catalogue.sources),
    ...dealParties(seed, recipe.plan.counts),
  };
}

/** Forms of the name agree: Анна Петровна Смирнова, Пётр Иванович Смирнов. */
function makePerson({ recipe, faker }: Making): Person {
  const sex = faker.helpers.arrayElement(["female", "male"] as const);
  const [first, last] = [faker.person.firstName(sex), faker.person.lastName(sex)];
  return { sex, first, middle: recipe.plan.locale === "ru" ? faker.person.middleName(sex) : "", last };
}

export function fullName({ first, middle, last }: Person): string {
  return [first, middle, last].filter(Boolean).join(" ");
}

function russianName(faker: Faker): string {
  const [start, end] = [faker.helpers.arrayElement(NAME_STARTS), faker.helpers.arrayElement(NAME_ENDS)];
  return faker.datatype.boolean() ? `${start}${end}` : `${start} ${end}`;
}

function russianAddress(faker: Faker, place: (typeof PLACES)[number]): Address {
  const house = faker.number.int({ min: 1, max: 180 });
  const office = faker.number.int({ min: 1, max: 60 });
  return {
    street: `${faker.helpers.arrayElement(STREETS)}, д. ${house}, оф. ${office}`,
    city: place.city,
    region: place.region,
    postal: place.postal + faker.string.numeric(3),
    country: "Россия",
  };
}

function foreignAddress(faker: Faker, country: string): Address {
  return {
    street: faker.location.streetAddress(),
    city: faker.location.city(),
    region: "",
    postal: faker.location.zipCode(),
    country,
  };
}

/** No two records of a run share one. */
function mobile({ faker, seed, words }: Making): string {
  return grouped(faker.helpers.arrayElement(words.dial), uniqueDigits(seed.seed, indexOf(seed), 7));
}

function grouped(prefix: string, digits: string): string {
  return `${prefix} ${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`;
}

/** The number at its end makes it the only one of its kind in the run: names hold no digits. */
function email({ faker, seed }: Making, { first, last }: Person): string {
  const mark = seed.entity === "lead" ? `l${seed.no}` : String(seed.no);
  return `${toLatin(first)}.${toLatin(last)}${mark}@${faker.helpers.arrayElement(DOMAINS)}`;
}

/** Many small sums and few large ones, with `digits` figures that differ from nought. */
function money(faker: Faker, middle: number, digits: number): number {
  const raw = middle * Math.exp(faker.number.float({ min: -1.6, max: 1.9 }));
  const step = 10 ** Math.max(0, Math.floor(Math.log10(raw)) + 1 - digits);
  return Math.round(raw / step) * step;
}

function pick<T>(faker: Faker, choices: readonly T[]): T | null {
  return choices.length === 0 ? null : faker.helpers.arrayElement(choices);
}

/** Half are under way, a third is won, the rest is lost: as far as the portal has such stages. */
function pickStage(faker: Faker, stages: readonly Stage[]): Stage | null {
  const end = faker.helpers.weightedArrayElement([
    { value: "open" as const, weight: 50 },
    { value: "won" as const, weight: 33 },
    { value: "lost" as const, weight: 17 },
  ]);
  const fitting = stages.filter((stage) => stage.end === end);
  return pick(faker, fitting.length > 0 ? fitting : stages);
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
