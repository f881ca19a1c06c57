import type { Row } from "../values.ts";
import { companyTitle } from "./companies.ts";
import { contactPointRow, hasContactPoints } from "./contact-points.ts";
import { personPoints } from "./contacts.ts";
import { makePerson } from "./person.ts";
import { addressRow, makePlace } from "./place.ts";
import { laterMoment, pastMoment, type SeedPlan } from "./plan.ts";
import { Random } from "./random.ts";
import { CAMPAIGNS, COMMENTS, LEAD_SUBJECTS } from "./words/business.ts";
import { SOURCES, weights } from "./words/choices.ts";
import { POSTS } from "./words/people.ts";
import { LEAD_STAGES, type Stage } from "./words/stages.ts";
import { OBJECT_TYPES } from "./words/user-fields.ts";

const CHANNELS = weights(SOURCES);
const [NEW, IN_PROCESS, PROCESSED, CONVERTED, JUNK] = LEAD_STAGES as readonly [
  Stage,
  Stage,
  Stage,
  Stage,
  Stage,
];

export function makeLead(plan: SeedPlan, id: number): Row {
  const { zone, counts, seed } = plan;
  const random = new Random(seed, "lead", id);
  const person = makePerson(random);
  const created = pastMoment(plan, random);
  const fresh = created > plan.anchor - 21 * 86_400_000;
  const [status, , , semantics] = drawStage(random, fresh);
  const moved = laterMoment(plan, random, created, 60);
  const modified = laterMoment(plan, random, moved, 90);
  const assigned = String(random.int(1, counts.users));
  const converted = semantics === "S";
  const points = personPoints(person, random);
  const isCompany = counts.companies > 0 && random.chance(0.45);
  return {
    ID: String(id),
    TITLE: `${random.pick(LEAD_SUBJECTS)} № ${id}`,
    HONORIFIC: "",
    NAME: person.name,
    SECOND_NAME: random.chance(0.4) ? person.secondName : null,
    LAST_NAME: random.chance(0.85) ? person.lastName : null,
    BIRTHDATE: "",
    COMPANY_TITLE: isCompany ? companyTitle(seed, random.int(1, counts.companies)) : null,
    SOURCE_ID: random.weighted(CHANNELS),
    SOURCE_DESCRIPTION: null,
    STATUS_ID: status,
    STATUS_DESCRIPTION:
      semantics === "F" ? random.pick(["Не берёт трубку", "Выбрал другого подрядчика", "Нет бюджета"]) : null,
    STATUS_SEMANTIC_ID: semantics,
    POST: isCompany ? random.pick(POSTS) : null,
    ...addressRow("ADDRESS", random.chance(0.3) ? makePlace(random) : null),
    CURRENCY_ID: "RUB",
    OPPORTUNITY: `${random.chance(0.4) ? 0 : random.int(5, 2_000) * 500}.00`,
    IS_MANUAL_OPPORTUNITY: "Y",
    OPENED: "Y",
    COMMENTS: random.chance(0.4) ? random.pick(COMMENTS) : null,
    ...hasContactPoints(points),
    ASSIGNED_BY_ID: assigned,
    CREATED_BY_ID: String(random.int(1, counts.users)),
    MODIFY_BY_ID: assigned,
    MOVED_BY_ID: assigned,
    DATE_CREATE: zone.datetime(created),
    DATE_MODIFY: zone.datetime(modified),
    MOVED_TIME: zone.datetime(moved),
    COMPANY_ID: converted && counts.companies > 0 ? String(random.int(1, counts.companies)) : null,
    CONTACT_ID: converted && counts.contacts > 0 ? String(random.int(1, counts.contacts)) : null,
    CONTACT_IDS: [],
    IS_RETURN_CUSTOMER: random.chance(0.1) ? "Y" : "N",
    DATE_CLOSED: semantics === "P" ? "" : zone.datetime(moved),
    ORIGINATOR_ID: null,
    ORIGIN_ID: null,
    UTM_SOURCE: random.chance(0.3) ? random.pick(["yandex", "vk", "telegram"]) : null,
    UTM_MEDIUM: random.chance(0.25) ? "cpc" : null,
    UTM_CAMPAIGN: random.chance(0.25) ? random.pick(CAMPAIGNS) : null,
    UTM_CONTENT: null,
    UTM_TERM: null,
    LAST_ACTIVITY_TIME: zone.datetime(modified),
    LAST_ACTIVITY_BY: assigned,
    UF_CRM_OBJECT_TYPE: random.chance(0.7) ? random.pick(OBJECT_TYPES).ID : random.pick(["", "0", false]),
    UF_CRM_BUDGET: random.chance(0.4) ? `${random.int(10, 5_000) * 1_000}|RUB` : "",
    UF_CRM_CALL_AT: fresh && random.chance(0.5) ? zone.datetime(laterMoment(plan, random, created, 20)) : "",
    UF_CRM_URGENT: random.pick(["0", "0", "0", "1", null]),
    ...contactPointRow(points, id * 4),
  };
}

function drawStage(random: Random, fresh: boolean): Stage {
  if (fresh)
    return random.weighted([
      [NEW, 5],
      [IN_PROCESS, 4],
      [PROCESSED, 2],
      [CONVERTED, 1],
      [JUNK, 1],
    ]);
  return random.weighted([
    [NEW, 1],
    [IN_PROCESS, 2],
    [PROCESSED, 2],
    [CONVERTED, 45],
    [JUNK, 40],
  ]);
}
