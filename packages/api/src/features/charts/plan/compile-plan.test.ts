import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Catalogue, Plan, PlanMeasure } from "@b24kit/client/contract";
import fc from "fast-check";
import { type ChartRig, openChartRig } from "../../../../../../test/charts/chart-rig.ts";
import { NOW, ZONE } from "../../../../../../test/charts/seeded-mirror.ts";
import { toTextParameter } from "../../../platform/arrow/text-parameter.ts";
import { compilePlan, PlanInvalid } from "./compile-plan.ts";
import { anyPlan } from "./test/any-plan.ts";
import { sayFault, validatePlan } from "./validate-plan.ts";

const reader = { now: NOW, timeZone: ZONE, locale: "ru" } as const;

const nothing: Plan = {
  ...{ entity: "deals", measures: [], dimensions: [], columns: [], filters: [], period: null, compare: null },
  ...{ running: false, order: null, limit: null, others: false, target: null },
};
const measure = (given: Partial<PlanMeasure> = {}): PlanMeasure => ({
  ...{ aggregate: "count", column: null, since: null, filters: [], over: null },
  ...given,
});
const won = [{ column: "result", operator: "eq", values: ["won"] }] as const;
const sum = measure({ aggregate: "sum", column: "amount" });

type Name = "count" | "count_before" | "count_ratio" | "days_median" | "amount_sum" | "amount_sum_before";
type Row = Partial<Record<Name | "stage" | "source" | "source_id" | "company" | "currency", unknown>>;

describe("a compiled plan", () => {
  let rig: ChartRig;
  before(async () => {
    rig = await openChartRig();
  });
  after(() => rig.close());

  const compile = (plan: Partial<Plan>, catalogue: Catalogue = rig.catalogue, targets = undefined as never) =>
    compilePlan({ ...nothing, ...plan }, { catalogue, reader, ...(targets ? { targets } : {}) });
  async function ask(plan: Partial<Plan>, ...rest: [Catalogue?, never?]): Promise<Row[]> {
    const compiled = compile(plan, ...rest);
    const { columns, rows } = await rig.run(compiled.sql, compiled.params.map(toTextParameter));
    assert.deepEqual(
      columns,
      compiled.columns.map(({ name }) => name),
    );
    return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
  }
  const one = async (sql: string) => (await rig.run(sql)).rows;

  it("runs, whatever valid plan it is", async () => {
    let valid = 0;
    await fc.assert(
      fc.asyncProperty(anyPlan(rig.catalogue), async (plan) => {
        const faults = validatePlan(plan, rig.catalogue);
        if (faults.length > 0) return assert.throws(() => compile(plan), PlanInvalid);
        valid += 1;
        const rows = await ask(plan);
        if (plan.limit !== null && plan.columns.length > 0) assert.ok(rows.length <= plan.limit);
      }),
      { numRuns: 400, seed: 42 },
    );
    assert.ok(valid > 200, `${valid} of 400 plans were valid`);
  });

  it("adds up to all records, by whatever they are grouped", async () => {
    for (const [column, grain] of [
      ["stage", null],
      ["responsible", null],
      ["company", null],
      ["source", null],
      ["created", "month"],
      ["created", "weekday"],
      ["result", null],
      ["closed", null],
      ["uf_crm_rooms", null],
    ] as const) {
      const rows = await ask({ measures: [measure()], dimensions: [{ column, grain }] });
      assert.equal(
        rows.reduce((total, { count }) => total + Number(count), 0),
        1_199,
        column,
      );
    }
  });

  it("gives stages in the portal's order, and the groups without a value a name", async () => {
    const stages = await ask({
      measures: [measure()],
      dimensions: [{ column: "stage_id", grain: null }],
      filters: [{ column: "funnel_id", operator: "eq", values: ["1"] }],
    });
    assert.deepEqual(
      stages.map(({ stage }) => String(stage).split(";")[0]),
      ["Заявка", "Замер", "Монтаж", "Дом сдан", "Отказ"],
    );
    const sources = await ask({ measures: [measure()], dimensions: [{ column: "source", grain: null }] });
    assert.equal(sources.find(({ source_id }) => source_id === null)?.source, "Не указано");
    const again = await ask({
      measures: [measure()],
      filters: [{ column: "source", operator: "eq", values: ["Не указано"] }],
    });
    assert.equal(again[0]!.count, sources.find(({ source_id }) => source_id === null)!.count);
  });

  it("never adds different currencies", async () => {
    const [total] = await ask({ measures: [sum] });
    const [[expected]] = (await one(
      "SELECT sum(CASE currency WHEN 'USD' THEN amount * 90 ELSE amount END) FROM deals",
    )) as [[string]];
    assert.equal(Number(total!.amount_sum), Number(expected));
    const each = await ask({ measures: [sum], dimensions: [{ column: "currency", grain: null }] });
    assert.deepEqual(
      each.map((row) => Object.keys(row)),
      [
        ["currency", "amount_sum"],
        ["currency", "amount_sum"],
      ],
    );
    const noBase: Catalogue = {
      ...rig.catalogue,
      baseCurrency: null,
      tables: rig.catalogue.tables.map((table) => ({
        ...table,
        columns: table.columns.map(({ base: _, ...column }) => column),
      })),
    };
    const split = compile({ measures: [sum] }, noBase);
    assert.deepEqual(
      split.notes.map(({ code }) => code),
      ["currencies_split"],
    );
    assert.equal((await ask({ measures: [sum] }, noBase)).length, 2);
    const full: Partial<Plan> = {
      measures: [sum],
      dimensions: [
        { column: "stage", grain: null },
        { column: "source", grain: null },
      ],
    };
    assert.throws(() => compile(full, noBase), /mixed_currencies/);
    await ask({ ...full, filters: [{ column: "currency", operator: "eq", values: ["USD"] }] }, noBase);
  });

  it("cuts periods on the reader's calendar, both neighbours without a gap or an overlap", async () => {
    const months = await ask({
      measures: [measure()],
      dimensions: [{ column: "created", grain: "month" }],
      period: { column: null, kind: "last", unit: "month", count: 12, from: null, to: null },
    });
    assert.equal(months.length, 12);
    const gold = await one(
      "SELECT date_trunc('month', created AT TIME ZONE 'Europe/Moscow')::date, count(*) FROM deals WHERE created >= '2025-07-01T00:00:00+03' GROUP BY 1 ORDER BY 1",
    );
    assert.deepEqual(
      months.map(({ count }) => count),
      gold.map(([, count]) => count),
    );
  });

  it("reckons a record's period once, and leaves out what has no date", async () => {
    const plan: Partial<Plan> = {
      measures: [measure()],
      dimensions: [{ column: "close_date", grain: "month" }],
      filters: [{ column: "uf_crm_area", operator: "is_null", values: [] }],
    };
    const { sql, params } = compile(plan);
    const { rows: steps } = await rig.run(`EXPLAIN ${sql}`, params.map(toTextParameter));
    const filters = steps.map(String).filter((step) => step.includes("Filter:"));
    assert.ok(filters.length > 0);
    assert.deepEqual(
      filters.filter((step) => step.includes("date_trunc")),
      [],
    );
    const [[dated]] = (await one(
      "SELECT count(*) FROM deals WHERE uf_crm_area IS NULL AND close_date IS NOT NULL",
    )) as [[string]];
    const rows = await ask(plan);
    assert.equal(
      rows.reduce((total, { count }) => total + Number(count), 0),
      Number(dated),
    );
  });

  it("fills the periods in which nothing happened", async () => {
    const rows = await ask({
      measures: [measure()],
      dimensions: [{ column: "created", grain: "day" }],
      filters: [{ column: "id", operator: "in", values: ["1", "2"] }],
    });
    assert.ok(rows.length > 2);
    assert.equal(
      rows.reduce((total, { count }) => total + Number(count), 0),
      2,
    );
    const clock = await ask({
      entity: "leads",
      measures: [measure()],
      dimensions: [
        { column: "created", grain: "weekday" },
        { column: "created", grain: "hour" },
      ],
    });
    assert.equal(clock.length, 7 * 24);
  });

  it("compares with the period before, on the same places", async () => {
    const period = {
      column: "close_date",
      kind: "this",
      unit: "month",
      count: null,
      from: null,
      to: null,
    } as const;
    const [row] = await ask({
      measures: [sum],
      filters: [...won].map((f) => ({ ...f, values: [...f.values] })),
      period,
      compare: "previous_period",
    });
    const [[now, before]] =
      (await one(`SELECT sum(amount_base) FILTER (WHERE close_date >= '2026-06-01'), sum(amount_base) FILTER (WHERE close_date < '2026-06-01')
      FROM deals WHERE result = 'won' AND close_date >= '2026-05-01' AND close_date < '2026-07-01'`)) as [
        [string, string],
      ];
    assert.deepEqual([row!.amount_sum, row!.amount_sum_before], [now, before]);
    const months = await ask({
      measures: [measure()],
      dimensions: [{ column: "created", grain: "month" }],
      period: { column: null, kind: "last", unit: "month", count: 3, from: null, to: null },
      compare: "previous_year",
    });
    assert.equal(months.length, 3);
    assert.ok(months.every(({ count_before }) => Number(count_before) > 0));
  });

  it("keeps the top and gathers the rest, so that nothing is lost", async () => {
    const rows = await ask({
      measures: [sum],
      dimensions: [{ column: "company", grain: null }],
      limit: 5,
      others: true,
    });
    assert.equal(rows.length, 6);
    assert.equal(rows.at(-1)!.company, "Прочие");
    const [all] = await ask({ measures: [sum] });
    assert.equal(
      rows.reduce((total, row) => total + Number(row.amount_sum), 0),
      Number(all!.amount_sum),
    );
    assert.equal(
      (await ask({ measures: [sum], dimensions: [{ column: "company", grain: null }], limit: 5 })).length,
      5,
    );
  });

  it("counts shares, medians of days, running totals and records without relatives", async () => {
    const [share] = await ask({
      measures: [
        measure({ filters: [{ column: "result", operator: "eq", values: ["won"] }], over: measure() }),
      ],
    });
    const [[gold]] = (await one(
      "SELECT count(*) FILTER (WHERE result = 'won') * 100.0 / count(*) FROM deals",
    )) as [[string]];
    assert.equal(Number(share!.count_ratio).toFixed(6), Number(gold).toFixed(6));
    const [days] = await ask({
      measures: [measure({ aggregate: "median", column: "close_date", since: "created" })],
      filters: [{ column: "closed", operator: "eq", values: ["true"] }],
    });
    assert.ok(Number(days!.days_median) > 3);
    const running = await ask({
      measures: [measure()],
      dimensions: [{ column: "created", grain: "month" }],
      running: true,
    });
    assert.equal(Number(running.at(-1)!.count), 1_199);
    const without = await ask({
      entity: "companies",
      columns: ["title"],
      filters: [{ column: "deals", operator: "has_none", values: [] }],
    });
    assert.equal(without.length, 5);
    const areas = await ask({
      columns: ["uf_crm_area", "amount"],
      filters: [{ column: "uf_crm_area", operator: "not_null", values: [] }],
    });
    assert.ok(areas.length > 500);
  });

  it("sets plans beside facts, also of those who have only one of them", async () => {
    const target = (subject: string, month: string, value: number) =>
      ({ ...{ subject, month, value }, scope: "responsible", measure: "won_amount" }) as const;
    const targets = [
      target("1", "2026-05", 100),
      target("1", "2026-04", 50),
      target("2", "2026-05", 70),
      target("99", "2026-05", 5),
    ];
    const planned = measure({ aggregate: "target", column: "won_amount" });
    const fact = measure({
      aggregate: "sum",
      column: "amount",
      filters: [{ column: "result", operator: "eq", values: ["won"] }],
    });
    const period = {
      column: "close_date",
      kind: "between",
      unit: null,
      count: null,
      from: "2026-05-01",
      to: "2026-05-31",
    } as const;
    const plan: Plan = {
      ...nothing,
      measures: [fact, planned],
      dimensions: [{ column: "responsible", grain: null }],
      period,
    };
    const run = async (given: Plan) => {
      const { sql, params } = compilePlan(given, { catalogue: rig.catalogue, reader, targets });
      return (await rig.run(sql, params.map(toTextParameter))).rows;
    };
    const rows = await run(plan);
    assert.deepEqual(
      rows
        .filter((row) => Number(row[3]) > 0)
        .map(([, code, , value]) => [Number(code), Number(value)])
        .sort((a, b) => a[0]! - b[0]!),
      [
        [1, 100],
        [2, 70],
        [99, 5],
      ],
    );
    const [[gold]] = (await one(
      "SELECT sum(amount_base) FROM deals WHERE result = 'won' AND responsible_id = 1 AND close_date >= '2026-05-01' AND close_date < '2026-06-01'",
    )) as [[string]];
    assert.equal(Number(rows.find(([, code]) => Number(code) === 1)![2]), Number(gold));
    const months = await run({
      ...plan,
      dimensions: [{ column: "close_date", grain: "month" }],
      period: { ...period, from: "2026-04-01" },
    });
    assert.deepEqual(
      months.map((row) => Number(row[2])),
      [50, 175],
    );
    const alone = await run({ ...plan, dimensions: [] });
    assert.equal(Number(alone[0]![1]), 175);
  });

  it("finds words inside of names, whatever else is in them", async () => {
    const repair = await ask({
      measures: [measure()],
      filters: [{ column: "title", operator: "contains", values: ["ремонт"] }],
    });
    assert.ok(Number(repair[0]!.count) > 300);
    const odd = await ask({
      measures: [measure()],
      filters: [{ column: "title", operator: "contains", values: ["%'; DROP TABLE deals; --"] }],
    });
    assert.equal(Number(odd[0]!.count), 0);
  });

  it("says what does not fit, and what would", () => {
    const faults = (plan: Partial<Plan>) =>
      validatePlan({ ...nothing, ...plan }, rig.catalogue).map(sayFault);
    assert.deepEqual(faults({ measures: [measure({ aggregate: "sum", column: "amounts" })] }), [
      "unknown_column: amounts at measures.0.column; did you mean amount, amount_base?",
    ]);
    assert.match(
      faults({ entity: "deal", measures: [measure()] })[0]!,
      /unknown_entity: deal at entity; did you mean deals/,
    );
    assert.match(
      faults({ measures: [measure({ aggregate: "sum", column: "title" })] })[0]!,
      /not_numeric: title .* did you mean .*amount/,
    );
    assert.match(
      faults({ measures: [measure()], dimensions: [{ column: "created", grain: null }] })[0]!,
      /grain_missing/,
    );
    assert.match(
      faults({
        measures: [measure()],
        filters: [{ column: "stage_id", operator: "eq", values: ["WONN"] }],
      })[0]!,
      /unknown_value: WONN .* did you mean WON/,
    );
    assert.match(faults({ measures: [measure()], compare: "previous_period" })[0]!, /compare_without_period/);
    assert.match(faults({})[0]!, /nothing_asked/);
    assert.match(
      faults({ measures: [measure()], filters: [{ column: "leads", operator: "has_none", values: [] }] })[0]!,
      /no_link/,
    );
  });
});
