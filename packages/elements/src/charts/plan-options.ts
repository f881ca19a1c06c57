import type { Catalogue, Plan, PlanMeasure, PlanPeriod } from "@b24kit/client";
import { categoriesOf, datesOf, quantitiesOf, tableOf } from "./plan-columns.ts";
import type { PlanWords } from "./plan-words.ts";

/** A change of a plan that a chip offers. */
export interface PlanOption {
  text: string;
  plan: Plan;
  chosen: boolean;
}

/** A part of a plan that can be changed in place: what it is now, and what it could be. */
export interface PlanChip {
  part: "measure" | "along" | "split" | "grain" | "period" | "limit" | "compare";
  text: string;
  options: PlanOption[];
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const term = (aggregate: PlanMeasure["aggregate"], column: string | null): PlanMeasure => ({
  aggregate,
  column,
  since: null,
  filters: [],
  over: null,
});

function measures(plan: Plan, catalogue: Catalogue | undefined, words: PlanWords): PlanChip[] {
  const [first, ...others] = plan.measures;
  if (!first) return [];
  const columns = quantitiesOf(tableOf(catalogue, plan.entity));
  const offered = [
    term("count", null),
    ...columns.flatMap(({ name }) => [term("sum", name), term("avg", name), term("median", name)]),
  ];
  const known = offered.some((one) => same(one, first)) ? offered : [first, ...offered];
  const options = known.map((one) => ({
    text: words.measure(plan.entity, one),
    plan: { ...plan, measures: [one, ...others] },
    chosen: same(one, first),
  }));
  return [{ part: "measure", text: words.measure(plan.entity, first), options }];
}

const GRAINS = ["day", "week", "month", "quarter", "year", "weekday", "hour"] as const;

function grains(plan: Plan, words: PlanWords): PlanChip[] {
  return plan.dimensions.flatMap((dimension, at): PlanChip[] => {
    if (!dimension.grain) return [];
    const options = GRAINS.map((grain) => {
      const changed = { ...dimension, grain };
      return {
        text: words.dimension(plan.entity, changed),
        plan: { ...plan, dimensions: plan.dimensions.with(at, changed) },
        chosen: grain === dimension.grain,
      };
    });
    return [{ part: "grain", text: words.dimension(plan.entity, dimension), options }];
  });
}

/** Dimension that may stand at a place: categories, and days where there are none yet. */
function splits(plan: Plan, catalogue: Catalogue | undefined, words: PlanWords, none: string): PlanChip[] {
  if (!plan.measures.length) return [];
  const table = tableOf(catalogue, plan.entity);
  const taken = plan.dimensions.map(({ column }) => column);
  const timed = plan.dimensions.some(({ grain }) => grain);
  const categories = categoriesOf(table).map(({ name }) => ({ column: name, grain: null }));
  const times = timed
    ? []
    : datesOf(table)
        .slice(0, 3)
        .map(({ name }) => ({ column: name, grain: "month" as const }));
  const free = [...times, ...categories].filter(({ column }) => !taken.includes(column));
  const at = plan.dimensions.findLastIndex(({ grain }) => !grain);
  const place = at >= 0 ? at : plan.dimensions.length < 2 ? plan.dimensions.length : -1;
  if (place < 0) return [];
  const now = plan.dimensions[place];
  const without = { ...plan, dimensions: plan.dimensions.filter((_, i) => i !== place) };
  const label = (one: { column: string; grain: (typeof GRAINS)[number] | null }) =>
    one.grain
      ? `${words.column(plan.entity, one.column)}: ${words.dimension(plan.entity, one)}`
      : words.dimension(plan.entity, one);
  const options = [
    { text: none, plan: without, chosen: !now },
    ...(now ? [{ text: words.dimension(plan.entity, now), plan, chosen: true }] : []),
    ...free.map((one) => ({
      text: label(one),
      plan: { ...plan, dimensions: now ? plan.dimensions.with(place, one) : [...plan.dimensions, one] },
      chosen: false,
    })),
  ];
  return [{ part: "split", text: now ? words.dimension(plan.entity, now) : none, options }];
}

const period = (kind: "last" | "this" | "previous", unit: NonNullable<PlanPeriod["unit"]>, count = 1) => ({
  column: null,
  kind,
  unit,
  count: kind === "last" ? count : null,
  from: null,
  to: null,
});

const PERIODS: (PlanPeriod | null)[] = [
  null,
  period("last", "day", 30),
  period("this", "month"),
  period("previous", "month"),
  period("this", "quarter"),
  period("previous", "quarter"),
  period("last", "month", 12),
  period("this", "year"),
  period("previous", "year"),
];

function periods(plan: Plan, words: PlanWords): PlanChip {
  const column = plan.period?.column ?? null;
  const offered = PERIODS.map((one) => one && { ...one, column });
  const known = offered.some((one) => same(one, plan.period)) ? offered : [plan.period, ...offered];
  const options = known.map((one) => ({
    text: words.period(one),
    // What is compared with the time before needs a time.
    plan: { ...plan, period: one, compare: one ? plan.compare : null },
    chosen: same(one, plan.period),
  }));
  return { part: "period", text: words.period(plan.period), options };
}

const LIMITS = [null, 5, 10, 20];

function limits(plan: Plan, top: (n: number | null) => string): PlanChip[] {
  const named = plan.dimensions.some(({ grain }) => !grain);
  if (!named || !plan.measures.length) return [];
  const known = LIMITS.includes(plan.limit) ? LIMITS : [plan.limit, ...LIMITS];
  const options = known.map((limit) => ({
    text: top(limit),
    plan: { ...plan, limit, others: limit === null ? false : plan.others },
    chosen: limit === plan.limit,
  }));
  return [{ part: "limit", text: top(plan.limit), options }];
}

const COMPARES = [null, "previous_period", "previous_year"] as const;

function compares(plan: Plan, text: (compare: Plan["compare"]) => string): PlanChip[] {
  if (!plan.period || !plan.measures.length) return [];
  const options = COMPARES.map((compare) => ({
    text: text(compare),
    plan: { ...plan, compare },
    chosen: compare === plan.compare,
  }));
  return [{ part: "compare", text: text(plan.compare), options }];
}

/** Fixed words of the chips. */
export interface ChipWords {
  noSplit: string;
  top: (n: number | null) => string;
  compare: (compare: Plan["compare"]) => string;
}

/** The parts of a plan that a reader can change without a word: no model is asked. */
export function planChips(
  plan: Plan,
  catalogue: Catalogue | undefined,
  words: PlanWords,
  fixed: ChipWords,
): PlanChip[] {
  return [
    ...measures(plan, catalogue, words),
    ...grains(plan, words),
    ...splits(plan, catalogue, words, fixed.noSplit),
    periods(plan, words),
    ...limits(plan, fixed.top),
    ...compares(plan, fixed.compare),
  ];
}
