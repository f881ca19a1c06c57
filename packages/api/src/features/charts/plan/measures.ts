import type { ColumnKind, PlanMeasure, PlanTerm } from "@b24kit/client/contract";
import type { ColumnInfo } from "../../../platform/queries/definition.ts";
import { sqlOf } from "./columns.ts";
import type { ShapeMeasure } from "./compiled-plan.ts";
import { condition, localTime } from "./conditions.ts";
import { fieldName } from "./dimensions.ts";
import { moneyRule } from "./money.ts";
import { isShare, measureLabel } from "./plan-words.ts";
import type { Scope } from "./scope.ts";

/** One measure: what a record brings to it, and how that is aggregated. */
export interface MeasureSql {
  /** SQL of a record's part of the figure and of its divisor; NULL where the filters leave it out. */
  readonly inputs: readonly string[];
  readonly inputTypes: readonly string[];
  /** The figure over the columns that hold the inputs. `filter` ends each aggregate. */
  aggregate(inputs: readonly string[], filter: string): string;
  readonly info: ColumnInfo;
  readonly shape: ShapeMeasure;
  /** What a group without records has: nothing is 0 where counts and sums are made. */
  readonly zero: boolean;
}

export function measureSql(measure: PlanMeasure, scope: Scope, taken: Set<string>): MeasureSql {
  const terms: PlanTerm[] = measure.over === null ? [measure] : [measure, measure.over];
  const inputs = terms.map((term) => inputOf(term, scope));
  const field = uniqueName(measure, scope, taken);
  const label = measureLabel(scope.catalogue, scope.entity, measure);
  const { kind, unit } = kindOf(measure, scope);
  const additive = measure.over === null && ["count", "sum", "target"].includes(measure.aggregate);
  return {
    inputs: inputs.map(({ sql }) => sql),
    inputTypes: inputs.map(({ type }) => type),
    aggregate(columns, filter) {
      const [figure, divisor] = terms.map((term, index) => aggregateOf(term, columns[index]!, filter));
      if (divisor === undefined) return figure!;
      return `(${figure})::numeric${isShare(measure) ? " * 100" : ""} / nullif((${divisor})::numeric, 0)`;
    },
    info: { name: field, label, kind, ...(unit === null ? {} : { unit }) },
    shape: { field, label, kind, unit, before: null, additive, isTarget: measure.aggregate === "target" },
    zero: additive,
  };
}

function inputOf(term: PlanTerm, scope: Scope): { sql: string; type: string } {
  const { sql, type } = partOf(term, scope);
  const filters = term.filters.map((filter) => condition(filter, scope));
  return { sql: filters.length === 0 ? sql : `CASE WHEN ${filters.join(" AND ")} THEN ${sql} END`, type };
}

function partOf(term: PlanTerm, scope: Scope): { sql: string; type: string } {
  if (term.aggregate === "count") return { sql: "1", type: "integer" };
  if (term.aggregate === "target") return { sql: "NULL::numeric", type: "numeric" };
  const column = moneyRule(scope.catalogue, scope.plan, term)?.source ?? scope.use(term.column!);
  if (term.since === null) return { sql: sqlOf(column), type: column.column.type };
  const since = scope.use(term.since);
  return { sql: daysBetween(scope, term.since, term.column!), type: since.column.type };
}

/** Days with their part, where both sides know the time of day; else whole days of the reader's calendar. */
function daysBetween(scope: Scope, from: string, to: string): string {
  const [start, end] = [scope.use(from), scope.use(to)];
  if (start.column.kind === "datetime" && end.column.kind === "datetime") {
    return `(extract(epoch FROM ${sqlOf(end)} - ${sqlOf(start)}) / 86400)`;
  }
  const [first, last] = [start, end].map(
    (column) => `${localTime(column, scope.parameters, scope.reader)}::date`,
  );
  return `(${last} - ${first})`;
}

function aggregateOf({ aggregate }: PlanTerm, column: string, filter: string): string {
  switch (aggregate) {
    case "count_distinct":
      return `count(DISTINCT ${column})${filter}`;
    case "median":
      return `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${column})${filter}`;
    case "target":
      return `sum(${column})${filter}`;
    default:
      return `${aggregate}(${column})${filter}`;
  }
}

function kindOf(measure: PlanMeasure, scope: Scope): { kind: ColumnKind; unit: string | null } {
  if (isShare(measure)) return { kind: "percent", unit: null };
  if (measure.aggregate === "target") {
    const money = (measure.column ?? "won_amount") === "won_amount";
    return money ? { kind: "money", unit: scope.catalogue.baseCurrency } : { kind: "count", unit: null };
  }
  const money = moneyRule(scope.catalogue, scope.plan, measure);
  if (money) return { kind: "money", unit: money.unit };
  if (measure.over !== null) return { kind: "number", unit: null };
  if (measure.aggregate === "count" || measure.aggregate === "count_distinct")
    return { kind: "count", unit: null };
  if (measure.since !== null) return { kind: "number", unit: "day" };
  const { kind } = scope.use(measure.column!).column;
  return { kind: kind === "percent" ? "percent" : "number", unit: null };
}

function uniqueName(measure: PlanMeasure, scope: Scope, taken: Set<string>): string {
  const column = measure.column === null || measure.aggregate === "target" ? null : scope.use(measure.column);
  const base = column === null ? measure.aggregate : `${fieldName(column)}_${measure.aggregate}`;
  const days = measure.since === null ? base : `days_${measure.aggregate}`;
  const result = measure.filters.find(({ column: name, values }) => name === "result" && values.length === 1);
  const wanted = (
    measure.over !== null ? `${days}_ratio` : result ? `${days}_${result.values[0]}` : days
  ).slice(0, 55);
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}_${n}`;
  taken.add(name);
  return name;
}

/** Whether a column can stand on an axis of numbers. */
export const isAxisNumber = (kind: ColumnKind) => ["number", "count", "money", "percent"].includes(kind);
