import type { Catalogue, Plan, PlanDimension, PlanFilter } from "@b24kit/client";
import type { ChartSelection } from "../core/chart/events.ts";
import { columnOf, tableOf } from "./plan-columns.ts";

const DAY_PARTS = new Set(["weekday", "hour"]);
/** Columns of a list of records, in the order of interest. */
const SHOWN = ["stage", "money", "user", "status", "datetime", "date", "number", "count"];
const MOST_COLUMNS = 8;

function codeOf(catalogue: Catalogue | undefined, plan: Plan, column: string, key: string): string {
  const values = columnOf(catalogue, plan.entity, column)?.values;
  return values?.find(({ label }) => label.ru === key || label.en === key)?.code ?? key;
}

function filterOf(
  dimension: PlanDimension,
  key: string | undefined,
  selection: ChartSelection,
  code: (key: string) => string,
): PlanFilter | undefined {
  const { column, grain } = dimension;
  if (grain && DAY_PARTS.has(grain)) return undefined;
  if (key === undefined) return { column, operator: "is_null", values: [] };
  if (!grain) return { column, operator: "eq", values: [code(key)] };
  return selection.days && { column, operator: "between", values: [...selection.days] };
}

/** Columns that tell records from each other at a glance. */
function listed(catalogue: Catalogue | undefined, plan: Plan): string[] {
  const columns = tableOf(catalogue, plan.entity)?.columns ?? [];
  const id = columns.filter(({ name }) => name === "id");
  const title = columns.filter(({ name, kind }) => kind === "text" && /^(title|name|full_name)$/.test(name));
  const others = columns
    .filter(({ kind, words, name }) => SHOWN.includes(kind) && !words && !name.endsWith("_base"))
    .sort((a, b) => SHOWN.indexOf(a.kind) - SHOWN.indexOf(b.kind));
  return [...new Set([...id, ...title, ...others].map(({ name }) => name))].slice(0, MOST_COLUMNS);
}

/** A plan that lists the records behind a mark; undefined where they cannot be told apart. */
export function drillPlan(
  plan: Plan,
  selection: ChartSelection,
  catalogue: Catalogue | undefined,
): Plan | undefined {
  const [along, split] = plan.dimensions;
  const columns = listed(catalogue, plan);
  if (!columns.length || !plan.measures.length) return undefined;
  const filters = [...plan.filters, ...(plan.measures[0]?.filters ?? [])];
  const code = (column: string) => (key: string) => codeOf(catalogue, plan, column, key);
  if (along) {
    const filter = filterOf(along, selection.key, selection, code(along.column));
    if (!filter) return undefined;
    filters.push(filter);
  }
  if (split && selection.series) {
    const filter = filterOf(split, selection.series.key || undefined, selection, code(split.column));
    if (filter) filters.push(filter);
  }
  return {
    ...plan,
    measures: [],
    dimensions: [],
    columns,
    filters,
    compare: null,
    running: false,
    order: null,
    limit: null,
    others: false,
    target: null,
  };
}
