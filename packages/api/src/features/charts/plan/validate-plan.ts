import {
  type Catalogue,
  type CatalogueColumn,
  MAX_DIMENSIONS,
  MAX_FILTERS,
  MAX_LISTED_COLUMNS,
  MAX_MEASURES,
  PeriodUnit,
  type Plan,
  type PlanFilter,
  type PlanTerm,
} from "@b24kit/client/contract";
import { findJoin, findTable } from "../catalogue.ts";
import { nearest } from "../nearest.ts";
import { codesOf, isDate, isMeasurable, isNumber, type PlanColumn, resolveColumn } from "./columns.ts";
import { isDay } from "./day.ts";
import { splitCurrency } from "./money.ts";
import { isUnset } from "./plan-words.ts";

export type PlanFaultCode =
  | "unknown_entity"
  | "unknown_column"
  | "unknown_value"
  | "bad_value"
  | "not_numeric"
  | "not_a_date"
  | "not_groupable"
  | "grain_missing"
  | "grain_needs_date"
  | "no_link"
  | "nothing_asked"
  | "too_many"
  | "column_missing"
  | "period_incomplete"
  | "compare_without_period"
  | "running_without_time"
  | "order_out_of_range"
  | "limit_out_of_range"
  | "mixed_currencies"
  | "target_dimension"
  | "mixed_up";

/** What does not fit, where, and what would: enough to mend it. */
export interface PlanFault {
  readonly code: PlanFaultCode;
  /** e.g. `measures.0.column` */
  readonly path: string;
  readonly found: string;
  /** Names or values that would fit, the nearest first. */
  readonly fits: readonly string[];
}

export const TARGET_MEASURES = ["won_amount", "won_count", "new_count"] as const;

/** `unknown_column: opportunity_sum at measures.0.column; did you mean amount?` */
export function sayFault({ code, path, found, fits }: PlanFault): string {
  const hint = fits.length === 0 ? "" : `; did you mean ${fits.join(", ")}?`;
  return `${code}: ${found === "" ? "" : `${found} `}at ${path}${hint}`;
}

/** Everything in a plan that the catalogue does not bear out. Empty: it can be compiled. */
export function validatePlan(plan: Plan, catalogue: Catalogue): PlanFault[] {
  if (!findTable(catalogue, plan.entity)) {
    const names = catalogue.tables.map(({ name }) => name);
    return [fault("unknown_entity", "entity", plan.entity, nearest(plan.entity, names))];
  }
  const check = new PlanCheck(plan, catalogue);
  check.shape();
  plan.measures.forEach((measure, index) => {
    check.term(measure, `measures.${index}`);
    if (measure.over) check.term(measure.over, `measures.${index}.over`);
  });
  for (const index of plan.dimensions.keys()) check.dimension(index);
  for (const [index, name] of plan.columns.entries()) check.column(name, `columns.${index}`);
  for (const [index, filter] of plan.filters.entries()) check.filter(filter, `filters.${index}`);
  check.period();
  if (check.faults.length === 0) check.currencies();
  return check.faults;
}

function fault(code: PlanFaultCode, path: string, found = "", fits: readonly string[] = []): PlanFault {
  return { code, path, found, fits };
}

class PlanCheck {
  readonly faults: PlanFault[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly catalogue: Catalogue,
  ) {}

  private add(...given: Parameters<typeof fault>): void {
    this.faults.push(fault(...given));
  }

  shape(): void {
    const { measures, dimensions, columns, filters, order, limit } = this.plan;
    if (measures.length === 0 && columns.length === 0) this.add("nothing_asked", "measures");
    if (columns.length > 0 && measures.length + dimensions.length > 0) this.add("mixed_up", "columns");
    if (measures.length > MAX_MEASURES) this.add("too_many", "measures", String(measures.length));
    if (dimensions.length > MAX_DIMENSIONS) this.add("too_many", "dimensions", String(dimensions.length));
    if (columns.length > MAX_LISTED_COLUMNS) this.add("too_many", "columns", String(columns.length));
    if (filters.length > MAX_FILTERS) this.add("too_many", "filters", String(filters.length));
    if (limit !== null && (limit < 1 || limit > 100_000))
      this.add("limit_out_of_range", "limit", String(limit));
    if (order === null) return;
    const choices = { measure: measures, dimension: dimensions, column: columns }[order.by];
    if (order.index < 0 || order.index >= choices.length)
      this.add("order_out_of_range", "order", `${order.by} ${order.index}`);
  }

  column(name: string, path: string): PlanColumn | null {
    const found = resolveColumn(this.catalogue, this.plan.entity, name);
    if (!found) this.add("unknown_column", path, name, nearest(name, this.columnNames()));
    return found;
  }

  private columnNames(): string[] {
    const own = findTable(this.catalogue, this.plan.entity)!.columns.map(({ name }) => name);
    const linked = this.catalogue.joins.filter(({ from }) => from.table === this.plan.entity);
    return [
      ...own,
      ...linked.flatMap(({ to }) =>
        (findTable(this.catalogue, to.table)?.columns ?? []).map(({ name }) => `${to.table}.${name}`),
      ),
    ];
  }

  term(term: PlanTerm, path: string): void {
    for (const [index, filter] of term.filters.entries()) this.filter(filter, `${path}.filters.${index}`);
    if (term.filters.length > MAX_FILTERS)
      this.add("too_many", `${path}.filters`, String(term.filters.length));
    if (term.aggregate === "target") {
      this.target(term, path);
      return;
    }
    if (term.aggregate === "count") return;
    if (term.column === null) {
      this.add("column_missing", `${path}.column`, term.aggregate);
      return;
    }
    const column = this.column(term.column, `${path}.column`);
    const since = term.since === null ? null : this.column(term.since, `${path}.since`);
    if (!column) return;
    if (term.since !== null) {
      for (const [one, at] of [
        [column, "column"],
        [since, "since"],
      ] as const) {
        if (one && !isDate(one.column))
          this.add("not_a_date", `${path}.${at}`, one.column.name, this.names(isDate));
      }
    } else if (term.aggregate !== "count_distinct" && !isMeasurable(column.column)) {
      this.add("not_numeric", `${path}.column`, term.column, this.names(isMeasurable));
    }
  }

  private names(fits: (column: CatalogueColumn) => boolean): string[] {
    return findTable(this.catalogue, this.plan.entity)!
      .columns.filter(fits)
      .map(({ name }) => name)
      .slice(0, 6);
  }

  /** Plans are made of deals by month, manager and funnel: nothing finer can be set beside them. */
  private target({ column, filters, since }: PlanTerm, path: string): void {
    if (column !== null && !TARGET_MEASURES.some((name) => name === column)) {
      this.add("unknown_value", `${path}.column`, column, TARGET_MEASURES);
    }
    if (since !== null || filters.length > 0 || this.plan.entity !== "deals")
      this.add("mixed_up", path, "target");
    const { dimensions } = this.plan;
    dimensions.forEach((dimension, index) => {
      const named = resolveColumn(this.catalogue, this.plan.entity, dimension.column);
      const subject = named && codesOf(named).column.name;
      const coarse = ["month", "quarter", "year"].includes(dimension.grain ?? "");
      if (!coarse && subject !== "responsible_id" && subject !== "funnel_id") {
        this.add("target_dimension", `dimensions.${index}`, dimension.column, ["responsible", "funnel"]);
      }
    });
  }

  dimension(index: number): void {
    const { column: name, grain } = this.plan.dimensions[index]!;
    const path = `dimensions.${index}`;
    const found = this.column(name, `${path}.column`);
    if (!found) return;
    if (isDate(found.column)) {
      if (grain === null) this.add("grain_missing", `${path}.grain`, name, ["month"]);
      else if (grain === "hour" && found.column.kind === "date")
        this.add("bad_value", `${path}.grain`, grain, ["day"]);
    } else if (grain !== null) {
      this.add("grain_needs_date", `${path}.column`, name, this.names(isDate));
    } else if (found.column.kind === "list" || found.column.kind === "json") {
      this.add("not_groupable", `${path}.column`, name);
    }
  }

  filter(filter: PlanFilter, path: string): void {
    const { operator, column: name, values } = filter;
    if (operator === "has_any" || operator === "has_none") {
      const join = findJoin(this.catalogue, name, this.plan.entity);
      const linked = this.catalogue.joins
        .filter(({ to }) => to.table === this.plan.entity)
        .map(({ from }) => from.table);
      if (join?.from.table !== name) this.add("no_link", `${path}.column`, name, linked);
      return;
    }
    const found = this.column(name, `${path}.column`);
    if (!found) return;
    const counts = COUNTS[operator];
    if (counts !== undefined && values.length !== counts) {
      this.add("bad_value", `${path}.values`, `${values.length} values`, [String(counts)]);
      return;
    }
    if (counts === undefined && (values.length === 0 || values.length > 200)) {
      this.add("bad_value", `${path}.values`, `${values.length} values`);
      return;
    }
    this.operator(found, filter, path);
  }

  private operator(found: PlanColumn, { operator, values }: PlanFilter, path: string): void {
    const { column } = found;
    if (operator === "is_null" || operator === "not_null") return;
    if (operator === "contains") {
      if (column.type !== "text") this.add("bad_value", `${path}.operator`, operator, ["eq"]);
      else if (values[0]!.trim() === "") this.add("bad_value", `${path}.values`);
      return;
    }
    const dated = operator === "last_n" || operator === "this_period" || operator === "previous_period";
    if (dated) {
      this.datedOperator(column, operator, values, path);
      return;
    }
    if (RANGES.has(operator) && !isNumber(column) && !isDate(column)) {
      this.add(
        "not_numeric",
        `${path}.column`,
        column.name,
        this.names((one) => isNumber(one) || isDate(one)),
      );
      return;
    }
    for (const value of values) this.value(found, value, path);
  }

  private datedOperator(
    column: CatalogueColumn,
    operator: string,
    values: readonly string[],
    path: string,
  ): void {
    if (!isDate(column)) {
      this.add("not_a_date", `${path}.column`, column.name, this.names(isDate));
      return;
    }
    const unit = values.at(-1)!;
    if (!PeriodUnit.safeParse(unit).success)
      this.add("bad_value", `${path}.values`, unit, PeriodUnit.options);
    if (operator === "last_n" && !/^[1-9]\d{0,3}$/.test(values[0]!))
      this.add("bad_value", `${path}.values`, values[0]);
  }

  private value(found: PlanColumn, value: string, path: string): void {
    const { column } = found;
    if (value.length > 500) {
      this.add("bad_value", `${path}.values`, `${value.slice(0, 20)}…`);
      return;
    }
    if (isDate(column)) {
      if (value !== "today" && value !== "now" && !isDay(value))
        this.add("bad_value", `${path}.values`, value, ["2026-06-15", "today", "now"]);
      return;
    }
    if (isUnset(value)) return;
    const codes = codesOf(found);
    const listed = codes.column.values;
    if (listed && listed.length > 0 && column.kind !== "user" && codes.column.kind !== "id") {
      const known = listed.some(
        ({ code, label }) =>
          code === value || (codes !== found && (label.ru === value || label.en === value)),
      );
      if (known) return;
      this.add(
        "unknown_value",
        `${path}.values`,
        value,
        nearest(
          value,
          listed.map(({ code }) => code),
        ),
      );
      return;
    }
    if (!parses(column.type, value) && !(codes !== found && parses(codes.column.type, value)))
      this.add("bad_value", `${path}.values`, value, [column.type]);
  }

  period(): void {
    const { period, compare, running, dimensions, measures } = this.plan;
    if (compare !== null && period === null) this.add("compare_without_period", "compare", compare);
    if (compare !== null && this.plan.columns.length > 0) this.add("mixed_up", "compare", compare);
    const time = dimensions.findIndex(({ grain }) => PeriodUnit.safeParse(grain).success);
    const additive = measures.every(
      ({ aggregate, over }) => over === null && (aggregate === "count" || aggregate === "sum"),
    );
    if (running && (time !== 0 || !additive || compare !== null)) this.add("running_without_time", "running");
    if (period === null) return;
    this.dateOf(period.column);
    const { kind, unit, count, from, to } = period;
    if (kind === "between") {
      if (!isDay(from ?? "") || !isDay(to ?? "") || from! > to!)
        this.add("period_incomplete", "period", `${from}–${to}`);
    } else if (unit === null || (kind === "last" && (count === null || count < 1)) || (count ?? 1) > 1_000) {
      this.add("period_incomplete", "period", kind);
    }
  }

  private dateOf(name: string | null): void {
    if (name === null) {
      if (this.names(isDate).length === 0) this.add("not_a_date", "period.column", this.plan.entity);
      return;
    }
    const column = this.column(name, "period.column");
    if (column && !isDate(column.column)) this.add("not_a_date", "period.column", name, this.names(isDate));
  }

  /** A result has two dimensions at most, and one of them would have to be the currency. */
  currencies(): void {
    const currency = splitCurrency(this.catalogue, this.plan);
    if (currency === null) return;
    const full = this.plan.dimensions.length >= MAX_DIMENSIONS;
    if (full) this.add("mixed_currencies", "measures", currency, [`a filter on ${currency}`]);
  }
}

const COUNTS: Partial<Record<PlanFilter["operator"], number>> = {
  ...{ eq: 1, ne: 1, gt: 1, gte: 1, lt: 1, lte: 1, contains: 1, between: 2 },
  ...{ is_null: 0, not_null: 0, last_n: 2, this_period: 1, previous_period: 1 },
};

const RANGES: ReadonlySet<string> = new Set(["between", "gt", "gte", "lt", "lte"]);

function parses(type: string, value: string): boolean {
  if (type === "bigint") return /^-?\d{1,18}$/.test(value);
  if (type === "integer") return /^-?\d{1,9}$/.test(value);
  if (type === "numeric") return /^-?\d{1,30}(\.\d{1,12})?$/.test(value);
  if (type === "boolean") return value === "true" || value === "false";
  return !value.includes("\0");
}
