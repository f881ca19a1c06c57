import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Plan, PlanFilter, PlanMeasure } from "@b24kit/client/contract";
import { nothing } from "../planner/planned-measures.ts";
import { SAMPLE_MIRROR } from "../test/sample-catalogue.ts";
import { defineChartViews } from "../views/chart-views.ts";
import { planTitle } from "./plan-words.ts";

const rows = { task: 1, call: 1, product_row: 1, stage_history: 1, lead_stage_history: 1 };
const { catalogue } = defineChartViews({ ...SAMPLE_MIRROR, rows });
const measure = (given: Partial<PlanMeasure> = {}): PlanMeasure => ({
  ...{ aggregate: "count", column: null, since: null, filters: [], over: null },
  ...given,
});
const where = (column: string, operator: PlanFilter["operator"], ...values: string[]): PlanFilter => ({
  column,
  operator,
  values,
});
const by = (column: string, grain: Plan["dimensions"][number]["grain"] = null) => ({ column, grain });
const won = where("result", "eq", "won");
const sum = measure({ aggregate: "sum", column: "amount" });
const plan = (given: Partial<Plan>): Plan => ({ ...nothing, ...given });
const late = [where("closed", "eq", "false"), where("deadline", "lt", "now")];

const TITLES: [Partial<Plan>, ru: string, en: string][] = [
  [
    { measures: [sum], filters: [won], dimensions: [by("close_date", "month")] },
    "Сумма выигранных сделок по месяцам",
    "Amount of won deals by month",
  ],
  [
    { measures: [{ ...sum, filters: [won] }], filters: [won] },
    "Сумма выигранных сделок",
    "Amount of won deals",
  ],
  [{ measures: [measure()], dimensions: [by("stage")] }, "Количество сделок по стадиям", "Deals by stage"],
  [
    {
      measures: [measure()],
      filters: [where("result", "in", "won", "lost")],
      dimensions: [by("close_date", "quarter"), by("result")],
    },
    "Количество сделок по кварталам и по результату",
    "Deals by quarter and by result",
  ],
  [
    { measures: [measure({ filters: [won], over: measure() })], dimensions: [by("source")] },
    "Доля выигранных сделок по источникам",
    "Share of won deals by source",
  ],
  [
    {
      measures: [measure()],
      filters: [where("source_id", "eq", "WEB")],
      dimensions: [by("created", "month")],
    },
    "Количество сделок по месяцам: Веб-сайт",
    "Deals by month: Веб-сайт",
  ],
  [
    { measures: [measure()], filters: [where("company", "is_null")] },
    "Количество сделок без компании",
    "Deals without a company",
  ],
  [
    { entity: "companies", columns: ["title"], filters: [where("deals", "has_none")] },
    "Компании без сделок",
    "Companies without deals",
  ],
  [
    { measures: [measure()], filters: [where("title", "contains", "ремонт")] },
    "Количество сделок с «ремонт» в названии",
    "Deals with “ремонт” in the title",
  ],
  [
    { entity: "tasks", measures: [measure()], filters: late, dimensions: [by("responsible")] },
    "Количество просроченных задач по сотрудникам",
    "Overdue tasks by employee",
  ],
  [{ entity: "tasks", columns: ["title"], filters: late }, "Просроченные задачи", "Overdue tasks"],
  [
    {
      entity: "calls",
      measures: [measure()],
      filters: [where("direction", "in", "incoming", "outgoing")],
      dimensions: [by("started", "day"), by("direction")],
    },
    "Количество звонков по дням и по направлениям",
    "Calls by day and by direction",
  ],
  [
    { entity: "calls", measures: [measure({ aggregate: "avg", column: "minutes" })] },
    "Среднее: длительность, мин",
    "Average: duration, min",
  ],
  [
    { entity: "product_rows", measures: [sum], filters: [won], dimensions: [by("product")] },
    "Сумма товаров в выигранных сделках по товарам",
    "Amount of products of won deals by product",
  ],
  [
    {
      entity: "stage_moves",
      measures: [measure()],
      filters: [where("from_stage", "not_null")],
      dimensions: [by("from_stage"), by("stage")],
    },
    "Переходы сделок между стадиями",
    "Moves of deals between stages",
  ],
  [
    { measures: [measure(), { ...sum, filters: [won] }], dimensions: [by("responsible")] },
    "Количество сделок и сумма выигранных сделок по менеджерам",
    "Deals and amount of won deals by manager",
  ],
];

describe("a plan's title", () => {
  for (const [given, ru, en] of TITLES) {
    it(ru, () => assert.deepEqual(planTitle(catalogue, plan(given)), { ru, en }));
  }

  it("says nothing twice, opens no brackets, and stays on a line, whatever the plan", () => {
    const measures: PlanMeasure[][] = [
      [measure()],
      [sum],
      [measure({ filters: [won] })],
      [measure({ filters: [won], over: measure() })],
      [measure(), { ...sum, filters: [won] }],
      [measure(), measure({ filters: [won] }), sum],
      [],
    ];
    const filters: PlanFilter[][] = [
      [],
      [won],
      [won, won],
      [where("result", "in", "won", "lost"), where("source_id", "in", "WEB", "WEB")],
      [where("result", "eq", "open"), where("close_date", "lt", "today")],
      [where("company", "is_null"), where("title", "contains", "a\n\u202e(b)")],
      [where("stage_id", "in", "NEW", "C1:NEW")],
    ];
    const dimensions: Plan["dimensions"][] = [
      [],
      [by("result")],
      [by("created", "month"), by("result")],
      [by("created", "weekday"), by("created", "hour")],
      [by("stage"), by("stage")],
      [by("source"), by("result")],
    ];
    for (const one of measures)
      for (const some of filters)
        for (const groups of dimensions) {
          const given = { measures: one, filters: some, dimensions: groups };
          for (const title of Object.values(planTitle(catalogue, plan(given)))) {
            const why = `${title} ${JSON.stringify(given)}`;
            assert.doesNotMatch(title, /(?<![\p{L}])(\p{L}{3,})(?:[ ,:]+(?:и |and )?)\1(?![\p{L}])/iu, why);
            assert.doesNotMatch(title.replaceAll("(b)", ""), /[()]|[\p{Cc}\p{Cf}]| {2}|[,:;] ?$|^ /u, why);
            assert.match(title, /^[\p{Lu}]/u, why);
          }
        }
  });
});
