import type { CrmEntity } from "../mirror-equals.ts";
import { DEAL_STAGES, LEAD_STAGES, MANAGERS, SOURCES } from "./seeded-dictionaries.ts";

export type Row = Readonly<Record<string, unknown>>;

const DAY_MS = 86_400_000;
const FIRST = Date.parse("2025-01-01T00:00:00+03:00");
const LAST = Date.parse("2026-06-15T11:00:00+03:00");

/** A small generator of numbers below 1 that a seed decides (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Records of every entity; the same for the same seed. */
export function seedRecords(seed = 42): Record<CrmEntity, Row[]> {
  const next = random(seed);
  const upTo = (count: number) => Math.floor(next() * count);
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)]!;
  const often = (share: number) => next() < share;
  // More records lately than long ago, and at every hour, so that the reader's midnight matters.
  const moment = () => new Date(FIRST + Math.sqrt(next()) * (LAST - FIRST));
  const shared = (id: number) => {
    const created = moment();
    return {
      id,
      assigned_by_id: pick(MANAGERS)[0],
      created_by_id: 1,
      source_id: often(0.93) ? pick(SOURCES)[1] : null,
      date_create: created.toISOString(),
      date_modify: new Date(Math.min(LAST, created.getTime() + upTo(20) * DAY_MS)).toISOString(),
    };
  };
  const many = (count: number, make: (id: number) => Row) =>
    Array.from({ length: count }, (_, index) => make(index + 1));

  const company = many(40, (id) => ({
    ...shared(id),
    title: `${pick(["ООО", "АО", "ИП"])} «${pick(["Север", "Вектор", "Дом", "Лес", "Мост", "Кедр"])}-${id}»`,
    ...{
      company_type: pick(["CUSTOMER", "SUPPLIER"]),
      industry: often(0.9) ? pick(["BUILDING", "TRADE", "IT"]) : null,
    },
    ...{ revenue: upTo(5_000) * 1_000, currency_id: "RUB" },
  }));
  const contact = many(300, (id) => ({
    ...shared(id),
    ...{
      name: pick(["Олег", "Инна", "Юрий", "Вера"]),
      last_name: `Клиентов-${id}`,
      type_id: pick(["CLIENT", "SUPPLIER"]),
    },
    company_id: often(0.7) ? upTo(40) + 1 : null,
  }));
  const lead = many(600, (id) => {
    const [, status_id, , semantics] = pick(LEAD_STAGES);
    return {
      ...shared(id),
      ...{ title: `Заявка ${id}`, status_id, status_semantic_id: semantics || "P" },
      ...{ opportunity: often(0.8) ? upTo(300) * 1_000 : null, currency_id: often(0.9) ? "RUB" : "USD" },
    };
  });
  const deal = many(1_200, (id) => {
    const base = shared(id);
    const [dictionary, stage_id, , semantics] = pick(DEAL_STAGES);
    const usd = often(0.12);
    const closed = semantics !== "";
    const created = Date.parse(base.date_create);
    const close = new Date(
      closed ? Math.min(LAST, created + (3 + upTo(90)) * DAY_MS) : created + (10 + upTo(200)) * DAY_MS,
    );
    const area = often(0.6) ? 60 + upTo(240) : null;
    return {
      ...base,
      title: `${pick(["Дом", "Ремонт кухни", "Баня", "Проект", "Капитальный ремонт"])} №${id}`,
      ...{ stage_id, stage_semantic_id: semantics || "P", category_id: dictionary === "DEAL_STAGE" ? 0 : 1 },
      opportunity: often(0.95) ? (area ?? 100) * (usd ? 50 : 4_000) + upTo(100) * (usd ? 10 : 1_000) : null,
      currency_id: usd ? "USD" : "RUB",
      // Five companies never bought anything.
      company_id: often(0.85) ? upTo(35) + 1 : null,
      contact_id: often(0.9) ? upTo(300) + 1 : null,
      lead_id: often(0.3) ? upTo(600) + 1 : null,
      type_id: often(0.9) ? pick(["SALE", "SERVICE"]) : null,
      ...{
        probability: upTo(11) * 10,
        begindate: base.date_create.slice(0, 10),
        closedate: close.toISOString().slice(0, 10),
        closed,
      },
      ...{
        uf_crm_house: String(upTo(90) + 1),
        uf_crm_rooms: often(0.8) ? 1 + upTo(7) : null,
        uf_crm_area: area,
      },
      _deleted_at: id === 1_200 ? "2026-06-01T00:00:00Z" : null,
    };
  });
  return { company, contact, lead, deal };
}
