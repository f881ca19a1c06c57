import type { Row } from "../values.ts";
import { type ContactPoint, contactPointRow, hasContactPoints } from "./contact-points.ts";
import { makeEmail, makeMobile, makePerson, type Person } from "./person.ts";
import { addressRow, makePlace } from "./place.ts";
import { laterMoment, pastMoment, type SeedPlan } from "./plan.ts";
import { Random } from "./random.ts";
import { COMMENTS } from "./words/business.ts";
import { CONTACT_TYPES, SOURCES, weights } from "./words/choices.ts";
import { POSTS, toLatin } from "./words/people.ts";
import { MESSENGERS } from "./words/user-fields.ts";

const [TYPES, CHANNELS] = [weights(CONTACT_TYPES), weights(SOURCES)];
const INTERESTS = [
  "ремонт",
  "строительство",
  "уборка",
  "озеленение",
  "автоматизация",
  "логистика",
  "реклама",
];

/** The company of a seeded contact; null for private persons. Deals ask it too, so it has a stream of its own. */
export function companyOfContact(plan: SeedPlan, id: number): string | null {
  const random = new Random(plan.seed, "contact company", id);
  const { companies } = plan.counts;
  return companies > 0 && random.chance(0.85) ? String(random.int(1, companies)) : null;
}

export function makeContact(plan: SeedPlan, id: number): Row {
  const { zone, counts } = plan;
  const random = new Random(plan.seed, "contact", id);
  const person = makePerson(random);
  const company = companyOfContact(plan, id);
  const created = pastMoment(plan, random);
  const modified = laterMoment(plan, random, created, 400);
  const assigned = String(random.int(1, counts.users));
  const points = personPoints(person, random);
  return {
    ID: String(id),
    HONORIFIC: random.chance(0.3) ? (person.gender === "M" ? "HNR_RU_1" : "HNR_RU_2") : "",
    NAME: person.name,
    SECOND_NAME: random.chance(0.9) ? person.secondName : "",
    LAST_NAME: person.lastName,
    PHOTO: null,
    BIRTHDATE: random.chance(0.5)
      ? zone.date(Date.UTC(random.int(1955, 2004), random.int(0, 11), random.int(1, 28)))
      : "",
    TYPE_ID: random.weighted(TYPES),
    SOURCE_ID: random.weighted(CHANNELS),
    SOURCE_DESCRIPTION: random.chance(0.1) ? "Выставка «Город и дом»" : null,
    POST: company ? random.pick(POSTS) : "",
    ...addressRow("ADDRESS", random.chance(0.35) ? makePlace(random) : null),
    COMMENTS: random.chance(0.2) ? random.pick(COMMENTS) : "",
    OPENED: "Y",
    EXPORT: random.chance(0.9) ? "Y" : "N",
    ...hasContactPoints(points),
    ASSIGNED_BY_ID: assigned,
    CREATED_BY_ID: String(random.int(1, counts.users)),
    MODIFY_BY_ID: assigned,
    DATE_CREATE: zone.datetime(created),
    DATE_MODIFY: zone.datetime(modified),
    COMPANY_ID: company ?? (random.chance(0.5) ? "0" : null),
    COMPANY_IDS: company ? [company] : [],
    LEAD_ID: counts.leads > 0 && random.chance(0.15) ? String(random.int(1, counts.leads)) : null,
    ORIGINATOR_ID: null,
    ORIGIN_ID: null,
    ORIGIN_VERSION: null,
    UTM_SOURCE: null,
    UTM_MEDIUM: null,
    UTM_CAMPAIGN: null,
    UTM_CONTENT: null,
    UTM_TERM: null,
    LAST_ACTIVITY_TIME: zone.datetime(modified),
    LAST_ACTIVITY_BY: assigned,
    UF_CRM_LOYALTY: random.chance(0.6) ? String(random.int(0, 5_000)) : null,
    UF_CRM_MESSENGER: random.chance(0.7) ? random.pick(MESSENGERS).ID : random.pick(["", "0", null]),
    UF_CRM_CONSENT: random.pick(["1", "0", "1", true, false, null, ""]),
    UF_CRM_LAST_MEETING: random.chance(0.3) ? zone.datetime(laterMoment(plan, random, created, 300)) : "",
    UF_CRM_INTERESTS: random.chance(0.5) ? random.some(INTERESTS, 1, 3) : random.pick([false, []]),
    ...contactPointRow(points, id * 4 + 1),
  };
}

/** Phones, e-mails and messengers of one person. */
export function personPoints(person: Person, random: Random): ContactPoint[] {
  const points: ContactPoint[] = [];
  if (random.chance(0.96))
    points.push({ type: "PHONE", kind: random.pick(["MOBILE", "WORK"]), value: makeMobile(random) });
  if (random.chance(0.15)) points.push({ type: "PHONE", kind: "HOME", value: makeMobile(random) });
  if (random.chance(0.8)) points.push({ type: "EMAIL", kind: "WORK", value: makeEmail(person, random) });
  if (random.chance(0.1)) points.push({ type: "EMAIL", kind: "HOME", value: makeEmail(person, random) });
  if (random.chance(0.12))
    points.push({ type: "IM", kind: "TELEGRAM", value: `@${toLatin(person.lastName)}${random.int(1, 999)}` });
  return points;
}
