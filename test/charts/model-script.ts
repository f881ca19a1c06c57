import type { Entry } from "../../demo/openai/index.ts";
import type { Plan } from "../../packages/client/src/contract/index.ts";

type Measure = Plan["measures"][number];
type Filter = Plan["filters"][number];
interface Said {
  readonly kind: "plan" | "sql" | "clarify" | "refuse";
  readonly [part: string]: unknown;
}

const measure = (given: Partial<Measure> = {}): Measure => ({
  ...{ aggregate: "count", column: null, since: null, filters: [], over: null },
  ...given,
});
const where = (column: string, operator: Filter["operator"], ...values: string[]): Filter => ({
  column,
  operator,
  values,
});
const by = (column: string, grain: Plan["dimensions"][number]["grain"] = null) => ({ column, grain });
const won = where("result", "eq", "won");
const lost = where("result", "eq", "lost");
const sum = measure({ aggregate: "sum", column: "amount" });
const average = measure({ aggregate: "avg", column: "amount" });

const plan = (entity: string, given: Partial<Plan>): Plan => ({
  ...{ entity, measures: [], dimensions: [], columns: [], filters: [], period: null, compare: null },
  ...{ running: false, order: null, limit: null, others: false, target: null },
  ...given,
});
const between = (column: string, from: string, to: string): Plan["period"] => ({
  ...{ column, kind: "between", unit: null, count: null, from, to },
});
const last = (column: string, count: number, unit: "day" | "week" | "month"): Plan["period"] => ({
  ...{ column, kind: "last", unit, count, from: null, to: null },
});
const current = (column: string, unit: "month" | "year"): Plan["period"] => ({
  ...{ column, kind: "this", unit, count: null, from: null, to: null },
});

const json = (said: Said) => ({
  kind: "json" as const,
  delayMs: 0,
  value: { plan: null, sql: null, form: null, title: null, reason: null, text: null, ...said },
});
const planned = (entity: string, given: Partial<Plan>, more: object = {}) =>
  json({ kind: "plan", plan: plan(entity, given), ...more });
const queried = (sql: string, more: object = {}) => json({ kind: "sql", sql, ...more });
const refused = (reason: string, text: string) => json({ kind: "refuse", reason, text });
const asked = (reason: string, text: string) => json({ kind: "clarify", reason, text });

const STEPS = (lead: string, deal: string, success: string) =>
  `SELECT '${lead}' AS step, count(*) AS records FROM leads
   UNION ALL SELECT '${deal}', count(*) FROM deals
   UNION ALL SELECT '${success}', count(*) FROM deals WHERE result = 'won'`;
const WITHOUT_DEALS =
  "SELECT c.title, c.industry FROM companies c WHERE NOT EXISTS (SELECT 1 FROM deals d WHERE d.company_id = c.id)";
const RUNNING = `WITH months AS (
    SELECT date_trunc('month', close_date::timestamp)::date AS month, sum(amount_base) AS amount
    FROM deals WHERE result = 'won' GROUP BY 1)
  SELECT month, sum(amount) OVER (ORDER BY month) AS won FROM months`;

/** What a good model says to each pair of questions: both languages mean the same. */
const PAIRS: Readonly<Record<number, readonly Entry["replies"][number][]>> = {
  1: [planned("deals", { measures: [measure()], dimensions: [by("stage")] })],
  3: [
    planned("deals", {
      measures: [sum],
      dimensions: [by("created", "month")],
      period: last("created", 12, "month"),
    }),
  ],
  // A column that does not exist, then what our repair made of it.
  5: [
    planned("deals", { measures: [sum], dimensions: [by("company_name")], filters: [won], limit: 10 }),
    planned("deals", { measures: [sum], dimensions: [by("company")], filters: [won], limit: 10 }),
  ],
  7: [planned("leads", { measures: [measure()], dimensions: [by("source")] }, { form: "pie" })],
  9: [planned("deals", { measures: [average], dimensions: [by("responsible")] })],
  11: [
    planned("leads", {
      measures: [measure({ filters: [won], over: measure() })],
      dimensions: [by("source")],
    }),
  ],
  13: [
    planned("contacts", {
      measures: [measure()],
      period: last("created", 30, "day"),
      compare: "previous_period",
    }),
  ],
  15: [
    planned("leads", {
      measures: [measure()],
      dimensions: [by("created", "weekday"), by("created", "hour")],
    }),
  ],
  17: [
    planned("deals", {
      measures: [measure()],
      dimensions: [by("close_date", "quarter"), by("result")],
      filters: [where("result", "in", "won", "lost")],
    }),
  ],
  19: [
    planned("deals", {
      measures: [measure({ aggregate: "median", column: "close_date", since: "created" })],
      filters: [where("closed", "eq", "true")],
    }),
  ],
  21: [planned("deals", { measures: [measure()], dimensions: [by("funnel"), by("stage")] })],
  23: [planned("deals", { measures: [measure()], filters: [where("company_id", "is_null")] })],
  25: [
    planned("deals", {
      measures: [sum],
      filters: [won],
      period: current("close_date", "month"),
      compare: "previous_period",
    }),
  ],
  // Not the JSON that was asked for, then the right one.
  27: [
    { kind: "cut", text: '{"kind": "plan", "plan": {"entity": "de', delayMs: 0 },
    planned("deals", { measures: [sum], dimensions: [by("currency")] }),
  ],
  29: [
    planned("deals", {
      measures: [sum],
      dimensions: [by("close_date", "month")],
      filters: [won],
      running: true,
    }),
  ],
  31: [planned("companies", { columns: ["title", "industry"], filters: [where("deals", "has_none")] })],
  33: [
    planned("deals", {
      measures: [measure({ filters: [lost], over: measure() })],
      dimensions: [by("responsible")],
    }),
  ],
  35: [
    planned("deals", {
      columns: ["uf_crm_area", "amount_base"],
      filters: [where("uf_crm_area", "not_null"), where("amount_base", "not_null")],
    }),
  ],
  37: [
    planned("deals", {
      measures: [
        measure(),
        measure({ filters: [won] }),
        measure({ aggregate: "sum", column: "amount", filters: [won] }),
        average,
        measure({ filters: [won], over: measure() }),
      ],
      dimensions: [by("responsible")],
    }),
  ],
  39: [
    planned("deals", {
      measures: [sum],
      filters: [won],
      period: current("close_date", "year"),
      target: 10_000_000,
    }),
  ],
  41: [planned("deals", { measures: [measure()], filters: [where("title", "contains", "ремонт")] })],
  43: [
    planned("deals", {
      columns: ["title", "close_date", "responsible"],
      filters: [where("result", "eq", "open"), where("close_date", "lt", "today")],
    }),
  ],
  45: [queried(STEPS("Лид", "Сделка", "Выиграно"), { form: "funnel" })],
};

const moved = (entity: string) =>
  planned(entity, {
    measures: [measure()],
    dimensions: [by("from_stage"), by("stage")],
    filters: [where("from_stage", "not_null")],
  });

/** The same of what not every portal has. */
const MORE: typeof PAIRS = {
  61: [
    planned("tasks", {
      measures: [measure()],
      dimensions: [by("responsible")],
      filters: [where("closed", "eq", "false"), where("deadline", "lt", "now")],
    }),
  ],
  63: [planned("tasks", { measures: [measure()], dimensions: [by("status")] })],
  65: [
    planned("calls", {
      measures: [measure()],
      dimensions: [by("started", "day"), by("direction")],
      filters: [where("direction", "in", "incoming", "outgoing")],
      period: last("started", 30, "day"),
    }),
  ],
  67: [
    planned("calls", {
      measures: [measure()],
      dimensions: [by("responsible")],
      filters: [where("outcome", "eq", "missed")],
    }),
  ],
  69: [planned("product_rows", { measures: [sum], dimensions: [by("product")], filters: [won], limit: 10 })],
  71: [moved("stage_moves")],
  // A flow in SQL is one, too.
  73: [
    queried(
      "SELECT from_stage, stage, count(*) AS moves FROM stage_moves WHERE from_stage IS NOT NULL GROUP BY 1, 2",
    ),
  ],
  75: [moved("lead_stage_moves")],
  77: [
    planned("tasks", {
      measures: [measure()],
      filters: [where("closed", "eq", "true")],
      period: current("closed_at", "month"),
      compare: "previous_period",
    }),
  ],
  78: [
    planned("product_rows", {
      measures: [measure({ aggregate: "sum", column: "quantity" })],
      dimensions: [by("product")],
      limit: 3,
    }),
  ],
  79: [
    planned("calls", {
      measures: [measure({ aggregate: "avg", column: "minutes" })],
      dimensions: [by("responsible")],
    }),
  ],
  80: [asked("which_measure", "Штуки или деньги?")],
};

/** What differs from the pair, and the questions that have none. */
const SINGLES: Readonly<Record<number, readonly Entry["replies"][number][]>> = {
  // The same in SQL where a model may prefer it: a window, an anti-join, a chain.
  30: [queried(RUNNING)],
  32: [queried(WITHOUT_DEALS.replace("c.title", "c.titel")), queried(WITHOUT_DEALS)],
  46: [queried(STEPS("Lead", "Deal", "Won"), { form: "funnel" })],
  47: [
    planned("deals", {
      measures: [sum],
      filters: [won],
      period: between("close_date", "2026-05-01", "2026-05-31"),
    }),
  ],
  48: [planned("leads", { measures: [measure()], filters: [where("source_id", "eq", "AVITO")] })],
  49: [
    planned("deals", {
      measures: [sum],
      dimensions: [by("responsible")],
      filters: [won],
      period: between("close_date", "2026-01-01", "2026-03-31"),
    }),
  ],
  50: [
    planned("deals", {
      measures: [sum],
      dimensions: [by("created", "week")],
      period: last("created", 12, "month"),
    }),
  ],
  51: [asked("which_measure", "Лучших менеджеров, компании или источники, и по какой цифре?")],
  52: [asked("vague", "Performance of whom, and by which figure?")],
  53: [refused("no_such_data", "Звонков среди данных нет.")],
  54: [refused("off_topic", "This is not about the CRM.")],
  55: [planned("deals", { measures: [measure()], period: between("created", "1999-01-01", "1999-12-31") })],
  // A model that obeys whoever asks: the layers refuse what it says, and it is not asked again.
  56: [queried("DELETE FROM deals"), planned("deals", { measures: [measure()] })],
  57: [queried("SELECT usename, passwd FROM pg_shadow"), planned("deals", { measures: [measure()] })],
  58: [planned("deals", { measures: [measure()], filters: [where("responsible_id", "eq", "2")] })],
  59: [planned("deals", { measures: [measure()], dimensions: [by("stage")] })],
  60: [
    queried("SELECT a.title AS deal, b.title AS lead FROM deals a CROSS JOIN leads b CROSS JOIN deals c"),
    refused("too_heavy", "That is millions of pairs, none of which says anything."),
  ],
};

/** Replies by the id of a question of the evaluation. */
export function repliesTo(id: number): Entry["replies"] {
  const replies = SINGLES[id] ?? PAIRS[id] ?? MORE[id] ?? PAIRS[id - 1] ?? MORE[id - 1];
  if (!replies) throw new Error(`The scripted model has no answer to question ${id}.`);
  return [...replies];
}
