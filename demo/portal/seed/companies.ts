import type { Row } from "../values.ts";
import { type ContactPoint, contactPointRow, hasContactPoints } from "./contact-points.ts";
import { makePerson } from "./person.ts";
import { addressRow, makePlace, streetLine } from "./place.ts";
import { laterMoment, pastMoment, type SeedPlan } from "./plan.ts";
import { Random } from "./random.ts";
import { makeInn, makeKpp, makeOgrn } from "./requisites.ts";
import { BANKS, COMMENTS, COMPANY_FORMS, COMPANY_HEADS, COMPANY_TAILS } from "./words/business.ts";
import { COMPANY_TYPES, EMPLOYEES, INDUSTRIES, weights } from "./words/choices.ts";
import { toLatin } from "./words/people.ts";
import { TAX_SYSTEMS } from "./words/user-fields.ts";

const [TYPES, SECTORS, SIZES] = [weights(COMPANY_TYPES), weights(INDUSTRIES), weights(EMPLOYEES)];

/** `ООО «СтройРесурс»`; a sole proprietor is called by name. */
export function companyTitle(seed: number, id: number): string {
  const random = new Random(seed, "company title", id);
  const form = random.weighted(COMPANY_FORMS);
  if (form === "ИП") {
    const owner = makePerson(random);
    return `ИП ${owner.lastName} ${owner.name.slice(0, 1)}. ${owner.secondName.slice(0, 1)}.`;
  }
  return `${form} «${random.pick(COMPANY_HEADS)}${random.pick(COMPANY_TAILS)}»`;
}

export function makeCompany(plan: SeedPlan, id: number): Row {
  const { seed, zone, counts } = plan;
  const random = new Random(seed, "company", id);
  const title = companyTitle(seed, id);
  const place = makePlace(random);
  const created = pastMoment(plan, random);
  const modified = laterMoment(plan, random, created, 400);
  const assigned = String(random.int(1, counts.users));
  const points = companyPoints(random, title, id);
  return {
    ID: String(id),
    TITLE: title,
    COMPANY_TYPE: random.weighted(TYPES),
    LOGO: null,
    ...addressRow("ADDRESS", place, random.chance(0.4) ? `офис ${random.int(1, 600)}` : null),
    ADDRESS_LEGAL: `${place.postalCode}, г. ${place.city.name}, ${streetLine(place)}`,
    ...addressRow("REG_ADDRESS", random.chance(0.6) ? place : null),
    BANKING_DETAILS: random.chance(0.5)
      ? `${random.pick(BANKS)}, р/с 407028105${String(random.int(0, 99_999_999_999)).padStart(11, "0")}`
      : null,
    INDUSTRY: random.weighted(SECTORS),
    EMPLOYEES: random.weighted(SIZES),
    CURRENCY_ID: "RUB",
    REVENUE: `${random.chance(0.3) ? 0 : random.int(1, 4_000) * 250_000}.00`,
    OPENED: "Y",
    COMMENTS: random.chance(0.3) ? random.pick(COMMENTS) : "",
    ...hasContactPoints(points),
    IS_MY_COMPANY: "N",
    ASSIGNED_BY_ID: assigned,
    CREATED_BY_ID: String(random.int(1, counts.users)),
    MODIFY_BY_ID: assigned,
    DATE_CREATE: zone.datetime(created),
    DATE_MODIFY: zone.datetime(modified),
    LEAD_ID: null,
    ORIGINATOR_ID: null,
    ORIGIN_ID: null,
    ORIGIN_VERSION: null,
    UTM_SOURCE: null,
    UTM_MEDIUM: null,
    UTM_CAMPAIGN: null,
    UTM_CONTENT: null,
    UTM_TERM: null,
    PARENT_ID_156: random.chance(0.05) ? String(random.int(1, 40)) : null,
    LAST_ACTIVITY_TIME: zone.datetime(modified),
    LAST_ACTIVITY_BY: assigned,
    LAST_COMMUNICATION_TIME: "",
    ...companyUserFields(plan, random, created),
    ...contactPointRow(points, id * 4 + 2),
  };
}

function companyPoints(random: Random, title: string, id: number): ContactPoint[] {
  const host = `${toLatin(title.replace(/^\S+ /, "")) || "company"}-${id}.example`;
  const points: ContactPoint[] = [];
  if (random.chance(0.95))
    points.push({
      type: "PHONE",
      kind: "WORK",
      value: `+7${random.int(300, 499)}${random.int(2_000_000, 7_999_999)}`,
    });
  if (random.chance(0.85)) points.push({ type: "EMAIL", kind: "WORK", value: `info@${host}` });
  if (random.chance(0.5)) points.push({ type: "WEB", kind: "WORK", value: `https://${host}` });
  return points;
}

function companyUserFields(plan: SeedPlan, random: Random, created: number): Row {
  const inn = makeInn(random);
  return {
    UF_CRM_INN: inn,
    UF_CRM_KPP: random.chance(0.9) ? makeKpp(inn) : "",
    UF_CRM_OGRN: random.chance(0.8) ? makeOgrn(random) : null,
    UF_CRM_TAX_SYSTEM: random.chance(0.85) ? random.pick(TAX_SYSTEMS).ID : random.pick(["0", "", false]),
    UF_CRM_REGISTERED: random.chance(0.8)
      ? plan.zone.date(created - random.int(300, 9_000) * 86_400_000)
      : "",
    UF_CRM_DEBT: random.chance(0.25) ? `${random.int(1, 900) * 1_000}|RUB` : "",
    UF_CRM_CURATOR: random.chance(0.6) ? String(random.int(1, plan.counts.users)) : null,
  };
}
