import { z } from "zod";

/**
 * A question to the CRM as a value: what the model answers, what the keyless planner, the suggestions and the refine
 * chips make, and what is compiled to SQL. It fits strict structured output: everything is there, absent is null.
 * A column is a name of the entity's own chart view, or `view.column` of one that a link leads to.
 */
export const PlanAggregate = z.enum([
  "count",
  "count_distinct",
  "sum",
  "avg",
  "min",
  "max",
  "median",
  "target",
]);
export type PlanAggregate = z.infer<typeof PlanAggregate>;

/** Periods of the calendar, then parts of the week and of the day. */
export const ChartGrain = z.enum(["day", "week", "month", "quarter", "year", "weekday", "hour"]);
export type ChartGrain = z.infer<typeof ChartGrain>;

export const PeriodUnit = ChartGrain.extract(["day", "week", "month", "quarter", "year"]);
export type PeriodUnit = z.infer<typeof PeriodUnit>;

export const PlanOperator = z.enum([
  "eq",
  "ne",
  "in",
  "not_in",
  "between",
  "gt",
  "gte",
  "lt",
  "lte",
  "contains",
  "is_null",
  "not_null",
  "last_n",
  "this_period",
  "previous_period",
  "has_any",
  "has_none",
]);
export type PlanOperator = z.infer<typeof PlanOperator>;

export const PlanFilter = z.object({
  column: z.string().describe("Column; for has_any and has_none a view whose records refer to this entity"),
  operator: PlanOperator,
  values: z
    .array(z.string())
    .describe(
      "As texts: codes of the catalogue, numbers, `true`, dates `2026-06-15`, `today`, `now`; between: two, both included; last_n: number and unit; this_period and previous_period: unit",
    ),
});
export type PlanFilter = z.infer<typeof PlanFilter>;

/** A figure over the records that its own filters leave. */
export const PlanTerm = z.object({
  aggregate: PlanAggregate.describe("target: the monthly plans of managers or funnels"),
  column: z.string().nullable().describe("What is aggregated; null for count and target"),
  since: z
    .string()
    .nullable()
    .describe("A date column: aggregates the days from it to `column`, also a date column"),
  filters: z.array(PlanFilter),
});
export type PlanTerm = z.infer<typeof PlanTerm>;

export const PlanMeasure = PlanTerm.extend({
  over: PlanTerm.nullable().describe("Makes a ratio: the figure divided by this one"),
});
export type PlanMeasure = z.infer<typeof PlanMeasure>;

export const PlanDimension = z.object({
  column: z.string(),
  grain: ChartGrain.nullable().describe("Of a date column, else null"),
});
export type PlanDimension = z.infer<typeof PlanDimension>;

/** Whole days of the reader's calendar. */
export const PlanPeriod = z.object({
  column: z.string().nullable().describe("Date column; null: when records were created"),
  kind: z.enum(["last", "this", "previous", "between"]),
  unit: PeriodUnit.nullable().describe("Not for between"),
  count: z.number().int().nullable().describe("Of last: how many units, the current one included"),
  from: z.string().nullable().describe("Of between: first day, `2026-01-31`"),
  to: z.string().nullable().describe("Of between: last day, included"),
});
export type PlanPeriod = z.infer<typeof PlanPeriod>;

export const PlanOrder = z.object({
  by: z.enum(["measure", "dimension", "column"]),
  index: z.number().int().describe("From 0"),
  direction: z.enum(["asc", "desc"]),
});
export type PlanOrder = z.infer<typeof PlanOrder>;

export const Plan = z.object({
  entity: z.string().describe("Chart view, e.g. deals"),
  measures: z.array(PlanMeasure).describe("At most 5; empty where records are listed"),
  dimensions: z.array(PlanDimension).describe("At most 2"),
  columns: z.array(z.string()).describe("Lists records with these columns, at most 12; else empty"),
  filters: z.array(PlanFilter),
  period: PlanPeriod.nullable(),
  compare: z.enum(["previous_period", "previous_year"]).nullable(),
  running: z.boolean().describe("Adds the figures up along the time dimension"),
  order: PlanOrder.nullable().describe(
    "null: time, stages and weekdays by their own order, else the largest first",
  ),
  limit: z.number().int().nullable().describe("Top N"),
  others: z.boolean().describe("With limit: gather what is beyond it"),
  target: z.number().nullable().describe("A figure to be reached, named in the question"),
});
export type Plan = z.infer<typeof Plan>;

export const MAX_MEASURES = 5;
export const MAX_DIMENSIONS = 2;
export const MAX_LISTED_COLUMNS = 12;
export const MAX_FILTERS = 12;
