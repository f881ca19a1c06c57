import type { Row, Value } from "../values.ts";
import { laterMoment, type SeedPlan } from "./plan.ts";
import type { Random } from "./random.ts";
import { TAGS } from "./words/business.ts";
import { SOURCES, weights } from "./words/choices.ts";
import { PRIORITIES, SERVICES } from "./words/user-fields.ts";

const DAY = 86_400_000;
const CHANNELS = weights(SOURCES);
const ELEMENTS = ["210", "211", "214", "218", "225", "231"];

/** One user field of every type, with the empty values in all the shapes that portals send. */
export function dealUserFields(plan: SeedPlan, random: Random, id: number, created: number): Row {
  const { zone, counts } = plan;
  const year = zone.datetime(created).slice(0, 4);
  return {
    UF_CRM_CONTRACT_NUMBER: random.chance(0.6)
      ? `${year}/${id}-${random.pick(["У", "П", "С"])}`
      : random.pick(["", null]),
    UF_CRM_1721244482250: random.chance(0.8) ? random.pick(PRIORITIES).ID : random.pick(["0", "", false]),
    UF_CRM_SERVICES: random.chance(0.5)
      ? random.some(SERVICES, 1, 3).map((item) => item.ID)
      : random.pick([false, []]),
    UF_CRM_VIP: random.pick(["0", "0", "0", "1", false, true, null, ""]),
    UF_CRM_INSPECTION_AT: random.chance(0.3) ? zone.datetime(laterMoment(plan, random, created, 60)) : "",
    UF_CRM_CONTRACT_UNTIL: random.chance(0.4) ? zone.date(created + random.int(90, 900) * DAY) : "",
    UF_CRM_PREPAYMENT: random.chance(0.35)
      ? `${random.int(1, 400) * 500}${random.pick(["", ".5"])}|RUB`
      : random.pick(["", null]),
    UF_CRM_SITE: random.chance(0.1) ? `https://object-${id}.example` : "",
    UF_CRM_CONTRACT_FILE: random.chance(0.15) ? fileValue(id * 8 + 1) : null,
    UF_CRM_PHOTOS: random.chance(0.08)
      ? [fileValue(id * 8 + 2), fileValue(id * 8 + 3)]
      : random.pick([[], false]),
    UF_CRM_FOREMAN: random.chance(0.3) ? String(random.int(1, counts.users)) : null,
    UF_CRM_CHANNEL: random.chance(0.3) ? random.weighted(CHANNELS) : "",
    UF_CRM_WAREHOUSE: random.chance(0.2) ? random.pick(["31", "32", "35"]) : null,
    UF_CRM_EQUIPMENT: random.chance(0.2) ? random.some(ELEMENTS, 1, 3) : [],
    UF_CRM_RELATED: random.chance(0.15) ? relatedValue(plan, random) : random.pick([false, []]),
    UF_CRM_PAYER:
      counts.companies > 0 && random.chance(0.25)
        ? String(random.int(1, counts.companies))
        : random.pick([null, "0"]),
    UF_CRM_TAGS: random.chance(0.35) ? random.some(TAGS, 1, 3) : random.pick([[], false, null]),
    UF_CRM_VISIT_DATES: random.chance(0.1)
      ? [zone.date(created + 7 * DAY), zone.date(created + 14 * DAY)]
      : [],
    UF_CRM_BOOKING: random.chance(0.05) ? [id * 3, id * 3 + 1] : [],
    UF_CRM_RATING: random.chance(0.25) ? String(random.int(1, 5)) : null,
  };
}

function fileValue(fileId: number): Value {
  const link = (action: string) =>
    `/bitrix/components/bitrix/crm.deal.show/show_file.php?fileId=${fileId}&action=${action}`;
  return { id: String(fileId), showUrl: link("show"), downloadUrl: link("download") };
}

function relatedValue(plan: SeedPlan, random: Random): string[] {
  const { contacts, companies } = plan.counts;
  const links: string[] = [];
  if (contacts > 0) links.push(`C_${random.int(1, contacts)}`);
  if (companies > 0) links.push(`CO_${random.int(1, companies)}`);
  return links;
}
