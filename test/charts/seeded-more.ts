import { DEAL_STAGES, LEAD_STAGES, MANAGERS } from "./seeded-dictionaries.ts";
import { type Row, random } from "./seeded-records.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.parse("2026-06-15T12:00:00+03:00");
const FIRST = NOW - 400 * DAY_MS;
const iso = (time: number) => new Date(time).toISOString();

/** What a portal may have beside a CRM's records, from a seed: tasks, calls, products of deals, ways from stage to stage. */
export function seedMore({ deal, lead }: { deal: readonly Row[]; lead: readonly Row[] }, seed = 7) {
  const next = random(seed);
  const upTo = (count: number) => Math.floor(next() * count);
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)]!;
  const many = (count: number, make: (id: number) => Row) =>
    Array.from({ length: count }, (_, index) => make(index + 1));
  const manager = () => pick(MANAGERS)[0];

  const task = many(240, (id) => {
    const created = FIRST + upTo(395) * DAY_MS + upTo(24) * HOUR_MS;
    const closed = next() < 0.5 ? Math.min(NOW, created + upTo(20) * DAY_MS + HOUR_MS) : null;
    return {
      ...{ id, title: pick(["Позвонить клиенту", "Согласовать договор", "Выехать на замер"]) },
      status: closed === null ? pick([1, 2, 2, 3, 3, 4, 6]) : 5,
      ...{ priority: pick([1, 1, 1, 2, 0]), responsible_id: manager(), created_by: manager() },
      ...{ created_date: iso(created), changed_date: iso(closed ?? created) },
      // Some end later on the very day on which the questions are asked, some did an hour ago.
      deadline:
        next() < 0.8
          ? iso(id % 12 === 0 ? NOW + pick([-1, 2]) * HOUR_MS : created + upTo(60) * DAY_MS)
          : null,
      closed_date: closed === null ? null : iso(closed),
    };
  });
  const call = many(400, (id) => {
    const answered = next() < 0.75;
    return {
      ...{ id, call_type: pick([1, 1, 2, 2, 2, 3, 4]), portal_user_id: manager() },
      call_start_date: iso(FIRST + upTo(399) * DAY_MS + upTo(24) * HOUR_MS),
      call_duration: answered ? 5 + upTo(900) : 0,
      call_failed_code: answered ? "200" : pick(["304", "304", "603", "486", "OTHER"]),
      ...{ cost: upTo(50) / 10, cost_currency: "RUB", crm_entity_type: pick(["CONTACT", "LEAD", null]) },
    };
  });
  const products = ["Фундамент", "Кровля", "Окна ПВХ", "Дверь входная", "Отопление", "Проект дома"];
  const rows = deal.flatMap(({ id, _deleted_at }) =>
    _deleted_at === null ? many(upTo(3), () => ({ owner_id: id })) : [],
  );
  const product_row = rows.map((row, at) => {
    const product = upTo(products.length);
    return {
      ...{ id: at + 1, ...row, product_id: 450 + product, product_name: products[product] },
      ...{ quantity: 1 + upTo(4), measure_name: "шт", price: (product + 1) * 1_500 + upTo(20) * 100 },
    };
  });
  const ways = (records: readonly Row[], stages: readonly (readonly string[])[], keys: StageKeys) =>
    records
      .flatMap((record) => wayOf(record, stages, keys, upTo))
      .map((move, at) => ({ id: at + 1, ...move }));
  return {
    ...{ task, call, product_row },
    stage_history: ways(deal, DEAL_STAGES, { stage: "stage_id", meaning: "stage_semantic_id" }),
    lead_stage_history: ways(lead, LEAD_STAGES, { stage: "status_id", meaning: "status_semantic_id" }),
  };
}

interface StageKeys {
  readonly stage: "stage_id" | "status_id";
  readonly meaning: string;
}

/** From the first stage to where the record is, over some of those between. */
function wayOf(
  record: Row,
  stages: readonly (readonly string[])[],
  { stage, meaning }: StageKeys,
  upTo: (count: number) => number,
): Row[] {
  const own = stages.find(([, code]) => code === record[stage])!;
  const dictionary = stages.filter(([name]) => name === own[0]);
  const open = dictionary.filter(([, , , semantics]) => !semantics);
  const last = open.indexOf(own);
  const before = (last === -1 ? open : open.slice(0, last)).filter((_, at) => at === 0 || upTo(3) > 0);
  const created = Date.parse(String(record["date_create"]));
  return [...before, own].map(([, code, , semantics], at) => ({
    ...{ type_id: at === 0 ? 1 : 2, owner_id: record["id"], created_time: iso(created + at * DAY_MS) },
    ...{ category_id: record["category_id"] ?? null, [stage]: code, [meaning]: semantics || "P" },
  }));
}
