import type { Row } from "../values.ts";
import { makeMobile } from "./person.ts";
import { makePlace, streetLine } from "./place.ts";
import { laterMoment, pastMoment, type SeedPlan } from "./plan.ts";
import { Random } from "./random.ts";
import { OBJECT_STATES, SMART_CATEGORY_ID, SMART_STAGES } from "./smart-process.ts";
import { SOURCES, weights } from "./words/choices.ts";
import type { Stage } from "./words/stages.ts";

const CHANNELS = weights(SOURCES);
const [NEW, ACCEPTED, SERVED, DONE, REFUSED] = SMART_STAGES as unknown as [Stage, Stage, Stage, Stage, Stage];

/** One object under service, in the stored shapes of the other records. */
export function makeSmartItem(plan: SeedPlan, id: number): Row {
  const { zone, counts } = plan;
  const random = new Random(plan.seed, "service object", id);
  const place = makePlace(random);
  const created = pastMoment(plan, random);
  const moved = laterMoment(plan, random, created, 90);
  const updated = laterMoment(plan, random, moved, 200);
  const user = () => String(random.int(1, counts.users));
  const assigned = user();
  const contact = counts.contacts > 0 && random.chance(0.6) ? String(random.int(1, counts.contacts)) : null;
  const [stage] = random.weighted<Stage>([
    [NEW, 1],
    [ACCEPTED, 2],
    [SERVED, 12],
    [DONE, 3],
    [REFUSED, 1],
  ]);
  return {
    ID: String(id),
    TITLE: `${random.pick(["Жилой дом", "Офис", "Склад", "Магазин"])}, ${streetLine(place)}`,
    XML_ID: null,
    CREATED_TIME: zone.datetime(created),
    UPDATED_TIME: zone.datetime(updated),
    CREATED_BY: user(),
    UPDATED_BY: assigned,
    ASSIGNED_BY_ID: assigned,
    OPENED: "Y",
    WEBFORM_ID: null,
    BEGINDATE: zone.date(created),
    CLOSEDATE: zone.date(created + 365 * 86_400_000),
    COMPANY_ID: counts.companies > 0 ? String(random.int(1, counts.companies)) : null,
    CONTACT_ID: contact,
    CONTACT_IDS: contact ? [contact] : [],
    OBSERVERS: random.chance(0.2) ? [user()] : [],
    MOVED_TIME: zone.datetime(moved),
    MOVED_BY: assigned,
    CATEGORY_ID: String(SMART_CATEGORY_ID),
    STAGE_ID: stage,
    PREVIOUS_STAGE_ID: stage === NEW[0] ? "" : NEW[0],
    OPPORTUNITY: `${random.int(10, 900) * 1_000}.00`,
    IS_MANUAL_OPPORTUNITY: "Y",
    TAX_VALUE: "0.00",
    CURRENCY_ID: "RUB",
    SOURCE_ID: random.weighted(CHANNELS),
    SOURCE_DESCRIPTION: null,
    LAST_ACTIVITY_TIME: zone.datetime(updated),
    LAST_ACTIVITY_BY: assigned,
    UTM_SOURCE: null,
    UTM_MEDIUM: null,
    UTM_CAMPAIGN: null,
    UTM_CONTENT: null,
    UTM_TERM: null,
    UF_CRM_5_ADDRESS: `${place.city.name}, ${streetLine(place)}`,
    UF_CRM_5_AREA: random.chance(0.9) ? String(random.int(400, 90_000) / 10) : null,
    UF_CRM_5_GUARDED: random.pick(["1", "0"]),
    UF_CRM_5_1639669411830: random.chance(0.8) ? random.pick(OBJECT_STATES).ID : null,
    UF_CRM_5_INSPECTED_ON: random.chance(0.6) ? zone.date(updated) : "",
    UF_CRM_5_CONTACT_PHONES: random.chance(0.4) ? [makeMobile(random)] : [],
  };
}
