import type { Row } from "../values.ts";
import { companyTitle } from "./companies.ts";
import { companyOfContact } from "./contacts.ts";
import { dealUserFields } from "./deal-user-fields.ts";
import { houseUserFields, isHouse, makeHouse } from "./houses.ts";
import { streetLine } from "./place.ts";
import { HISTORY_DAYS, laterMoment, pastMoment, type SeedPlan } from "./plan.ts";
import { Random } from "./random.ts";
import { CAMPAIGNS, COMMENTS, PRODUCTS } from "./words/business.ts";
import { DEAL_TYPES, SOURCES, weights } from "./words/choices.ts";
import { HOUSE_STAGES, HOUSES_CATEGORY, SALES_CATEGORY, SALES_STAGES, type Stage } from "./words/stages.ts";

const [TYPES, CHANNELS] = [weights(DEAL_TYPES), weights(SOURCES)];
const DAY = 86_400_000;

export function makeDeal(plan: SeedPlan, id: number): Row {
  const { zone, counts } = plan;
  const random = new Random(plan.seed, "deal", id);
  const house = isHouse(id) ? makeHouse(random) : null;
  const created = pastMoment(plan, random);
  const stage = house ? drawHouseStage(random) : drawStage(random, (plan.anchor - created) / DAY);
  const [stageId, , , semantics, probability] = stage;
  const moved = laterMoment(plan, random, created, 120);
  const modified = laterMoment(plan, random, moved, HISTORY_DAYS / 2);
  const assigned = String(random.int(1, counts.users));
  const { companyId, contactId } = drawClient(plan, random, house !== null);
  const closed = semantics !== "P";
  const opportunity = drawOpportunity(random);
  return {
    ID: String(id),
    TITLE: house ? streetLine(house.place) : `${random.pick(PRODUCTS)}${titleTail(plan, companyId)}`,
    TYPE_ID: house ? "SERVICE" : random.weighted(TYPES),
    CATEGORY_ID: String(house ? HOUSES_CATEGORY : SALES_CATEGORY),
    STAGE_ID: stageId,
    STAGE_SEMANTIC_ID: semantics,
    IS_NEW: stageId.endsWith("NEW") ? "Y" : "N",
    IS_RECURRING: "N",
    IS_RETURN_CUSTOMER: random.chance(0.3) ? "Y" : "N",
    IS_REPEATED_APPROACH: random.chance(0.05) ? "Y" : "N",
    PROBABILITY: random.chance(0.9) ? String(probability) : null,
    CURRENCY_ID: random.weighted([
      ["RUB", 94],
      ["USD", 3],
      ["EUR", 3],
    ]),
    OPPORTUNITY: opportunity,
    IS_MANUAL_OPPORTUNITY: random.chance(0.7) ? "Y" : "N",
    TAX_VALUE: random.chance(0.2) ? (Number(opportunity) * 0.2).toFixed(2) : "0.00",
    COMPANY_ID: companyId,
    CONTACT_ID: contactId,
    CONTACT_IDS: contactId ? [contactId] : [],
    QUOTE_ID: null,
    BEGINDATE: zone.date(created),
    CLOSEDATE: zone.date(closed ? moved : created + random.int(7, 120) * DAY),
    OPENED: random.chance(0.95) ? "Y" : "N",
    CLOSED: closed ? "Y" : "N",
    COMMENTS: random.chance(0.3) ? random.pick(COMMENTS) : random.pick(["", null]),
    ASSIGNED_BY_ID: assigned,
    CREATED_BY_ID: String(random.int(1, counts.users)),
    MODIFY_BY_ID: assigned,
    MOVED_BY_ID: assigned,
    DATE_CREATE: zone.datetime(created),
    DATE_MODIFY: zone.datetime(modified),
    MOVED_TIME: zone.datetime(moved),
    SOURCE_ID: random.weighted(CHANNELS),
    SOURCE_DESCRIPTION: null,
    LEAD_ID: counts.leads > 0 && random.chance(0.2) ? String(random.int(1, counts.leads)) : null,
    ADDITIONAL_INFO: null,
    LOCATION_ID: null,
    ORIGINATOR_ID: null,
    ORIGIN_ID: null,
    UTM_SOURCE: random.chance(0.2) ? random.pick(["yandex", "vk", "telegram"]) : null,
    UTM_MEDIUM: random.chance(0.2) ? "cpc" : null,
    UTM_CAMPAIGN: random.chance(0.15) ? random.pick(CAMPAIGNS) : null,
    UTM_CONTENT: null,
    UTM_TERM: null,
    LAST_ACTIVITY_TIME: zone.datetime(modified),
    LAST_ACTIVITY_BY: assigned,
    ...houseUserFields(house),
    ...dealUserFields(plan, random, id, created),
  };
}

function titleTail(plan: SeedPlan, companyId: string | null): string {
  return companyId && companyId !== "0" ? ` — ${companyTitle(plan.seed, Number(companyId))}` : "";
}

/** A deal's contact, and the contact's own company where it has one. Houses belong to management companies only. */
function drawClient(
  plan: SeedPlan,
  random: Random,
  house: boolean,
): { companyId: string | null; contactId: string | null } {
  const { contacts, companies } = plan.counts;
  if (house)
    return {
      contactId: null,
      companyId: companies > 0 ? String(random.int(1, Math.min(29, companies))) : null,
    };
  const contact = contacts > 0 && random.chance(0.9) ? random.int(1, contacts) : 0;
  const companyId = contact
    ? companyOfContact(plan, contact)
    : companies > 0
      ? String(random.int(1, companies))
      : null;
  return { contactId: contact ? String(contact) : null, companyId: companyId ?? random.pick(["0", null]) };
}

function drawOpportunity(random: Random): string {
  if (random.chance(0.03)) return "0.00";
  const bell = (random.next() + random.next() + random.next() + random.next() - 2) * 1.6;
  const roubles = Math.round((120_000 * Math.exp(bell)) / 500) * 500;
  return random.chance(0.1) ? `${roubles + random.int(0, 499)}.${random.int(10, 99)}` : `${roubles}.00`;
}

function drawStage(random: Random, age: number): Stage {
  const [NEW, PREPARATION, PREPAYMENT, EXECUTING, FINAL, WON, LOSE, APOLOGY] =
    SALES_STAGES as unknown as Stages;
  if (age > 120)
    return random.weighted([
      [WON, 52],
      [LOSE, 30],
      [APOLOGY, 6],
      [EXECUTING, 6],
      [FINAL, 3],
      [PREPAYMENT, 3],
    ]);
  return random.weighted([
    [NEW, 22],
    [PREPARATION, 18],
    [PREPAYMENT, 14],
    [EXECUTING, 16],
    [FINAL, 8],
    [WON, 13],
    [LOSE, 7],
    [APOLOGY, 2],
  ]);
}

function drawHouseStage(random: Random): Stage {
  const [NEW, PREPARATION, PREPAYMENT, EXECUTING, FINAL, WON, LOSE] = HOUSE_STAGES as unknown as Stages;
  return random.weighted([
    [EXECUTING, 78],
    [FINAL, 6],
    [PREPAYMENT, 5],
    [PREPARATION, 4],
    [NEW, 3],
    [LOSE, 3],
    [WON, 1],
  ]);
}

type Stages = readonly [Stage, Stage, Stage, Stage, Stage, Stage, Stage, Stage];
