import { z } from "zod";
import { ChartGrain, Plan } from "./chart-plan.ts";
import { ColumnKind, Label } from "./queries.ts";

/** Every form that a chart can take. */
export const ChartForm = z.enum([
  "kpi",
  "bar",
  "line",
  "area",
  "combo",
  "pie",
  "funnel",
  "gauge",
  "scatter",
  "heatmap",
  "calendar",
  "radar",
  "treemap",
  "sankey",
  "pivot",
  "table",
]);
export type ChartForm = z.infer<typeof ChartForm>;

/** What is told about an answer, as codes: why this form, what was assumed, what is missing. */
export const ChartNoteCode = z.enum([
  // Why this form.
  "form_single_value",
  "form_target",
  "form_time",
  "form_few_periods",
  "form_stages",
  "form_moves",
  "form_share",
  "form_categories",
  "form_two_categories",
  "form_many_cells",
  "form_clock",
  "form_calendar",
  "form_two_numbers",
  "form_many_measures",
  "form_two_scales",
  "form_no_numbers",
  "form_records",
  "form_asked",
  "form_not_possible",
  // What was assumed or done.
  "date_column",
  "period_incomplete",
  "currencies_split",
  "currencies_converted",
  "funnels_merged",
  "others_gathered",
  "unset_shown",
  "truncated",
  "empty",
  "target_missing",
  "locked_filters",
  "records_hidden",
  // How it was answered.
  "without_ai",
  "ai_unavailable",
  "ai_slow",
  "ai_over_budget",
  "ai_off",
  "repaired",
]);
export type ChartNoteCode = z.infer<typeof ChartNoteCode>;

export const ChartNote = z.object({
  code: ChartNoteCode,
  params: z.record(z.string(), z.union([z.string(), z.number(), Label])),
});
export type ChartNote = z.infer<typeof ChartNote>;

/** A column of the result along an axis. */
export const ChartField = z.object({
  field: z.string().describe("Column of the result"),
  label: Label,
  kind: z.enum(["category", "time", "number", "stage"]),
  grain: ChartGrain.nullable(),
});
export type ChartField = z.infer<typeof ChartField>;

export const ChartMeasure = z.object({
  field: z.string().describe("Column of the result"),
  label: Label,
  kind: ColumnKind,
  unit: z.string().nullable().describe("Currency code or unit; `{column}` where another column names it"),
  axis: z.union([z.literal(0), z.literal(1)]),
  mark: z.enum(["bar", "line"]).nullable().describe("Of combo"),
  before: z.string().nullable().describe("Column with the same figure of the compared period"),
  target: z.string().nullable().describe("Column with what was planned"),
});
export type ChartMeasure = z.infer<typeof ChartMeasure>;

/** Where the data comes from, to be shown and to be checked. */
export const ChartSource = z.object({
  lane: z.enum(["plan", "sql", "suggestion", "saved"]),
  plan: Plan.nullable(),
  sql: z.string(),
  tables: z.array(z.string()),
  asOf: z.iso.datetime({ offset: true }).nullable().describe("When the mirror was last brought up to date"),
  rows: z.number().int(),
  truncated: z.boolean(),
  ms: z.number(),
  cache: z.enum(["hit", "miss"]),
});
export type ChartSource = z.infer<typeof ChartSource>;

/**
 * How a result is drawn. Codes, names of columns and plain texts only: no colours, fonts, formats, addresses, HTML or
 * options of a chart library. sankey: `x` from, `series` to; heatmap, pivot: `series` down, `x` across; treemap:
 * `series` around `x`; scatter: `x` and the measure are numbers; table: every column.
 */
export const ChartSpec = z.object({
  v: z.literal(1),
  id: z.string(),
  type: ChartForm,
  forms: z.array(ChartForm).describe("Forms that this result can take, the chosen one first"),
  title: Label,
  subtitle: Label.nullable(),
  locale: z.enum(["ru", "en"]).describe("Language of the question"),
  timeZone: z.string().describe("Zone in which periods were cut"),
  x: ChartField.nullable(),
  y: z.array(ChartMeasure),
  series: ChartField.nullable(),
  stack: z.enum(["none", "stack", "percent"]),
  horizontal: z.boolean(),
  order: z.enum(["value", "time", "stage", "name", "given"]),
  palette: z.enum(["default", "status", "sequential", "diverging"]),
  target: z.number().nullable(),
  partial: z.string().nullable().describe("First moment of a last period that is not over yet"),
  notes: z.array(ChartNote),
  source: ChartSource,
  a11y: z.object({ summary: Label.nullable().describe("null: told from the data where it is drawn") }),
});
export type ChartSpec = z.infer<typeof ChartSpec>;
