import type { Catalogue, ChartTarget, Plan } from "@b24kit/client/contract";
import { findColumn, findTable } from "../catalogue.ts";
import { mainDate, type PlanColumn, resolveColumn } from "./columns.ts";
import { type ConditionScope, condition, within } from "./conditions.ts";
import { add, type DayRange, type Reader, rangeOf, shiftOf } from "./day.ts";
import { Parameters } from "./parameters.ts";

/** What a plan is compiled with. */
export interface PlanContext {
  readonly catalogue: Catalogue;
  readonly reader: Reader;
  /** Monthly plans; read only where a measure asks for them. */
  readonly targets?: readonly ChartTarget[];
}

/** What one plan's statement is gathered in: parameters, views that are joined, the period. */
export class Scope implements ConditionScope {
  readonly parameters = new Parameters();
  readonly catalogue: Catalogue;
  readonly reader: Reader;
  readonly entity: string;
  readonly date: PlanColumn | null;
  readonly range: DayRange | null;
  private readonly joins = new Map<string, string>();

  constructor(
    readonly plan: Plan,
    readonly context: PlanContext,
  ) {
    this.catalogue = context.catalogue;
    this.reader = context.reader;
    this.entity = plan.entity;
    this.range = plan.period === null ? null : rangeOf(plan.period, this.reader);
    const dateName = plan.period?.column ?? mainDate(findTable(this.catalogue, plan.entity)!)?.name;
    this.date = plan.period === null || dateName === undefined ? null : this.use(dateName);
  }

  use(name: string): PlanColumn {
    const found = resolveColumn(this.catalogue, this.entity, name);
    if (!found) throw new Error(`column ${name} was not checked`);
    if (found.on !== null) this.joins.set(found.alias, found.on);
    return found;
  }

  /** The columns of an entity that records are told by, where it has them. */
  own(name: string): PlanColumn | null {
    const column = findColumn(findTable(this.catalogue, this.entity)!, name);
    return column ? this.use(name) : null;
  }

  /** How far the compared period lies back; null where nothing is compared. */
  get shift() {
    const { period, compare } = this.plan;
    return period === null || compare === null ? null : shiftOf(period, compare, this.reader);
  }

  get earlier(): DayRange | null {
    if (this.range === null || this.shift === null) return null;
    const { unit, count } = this.shift;
    return { from: add(this.range.from, unit, -count), until: add(this.range.until, unit, -count) };
  }

  get isCurrent(): string {
    return within(this.date!, this.range!, this);
  }

  conditions(): string[] {
    const filters = this.plan.filters.map((filter) => condition(filter, this));
    if (this.range === null) return filters;
    const periods = [this.range, ...(this.earlier ? [this.earlier] : [])].map((range) =>
      within(this.date!, range, this),
    );
    return [...filters, periods.length === 1 ? periods[0]! : `(${periods.join(" OR ")})`];
  }

  /** To be called when every column has been used. */
  from(): string {
    return [`${this.entity} t`, ...[...this.joins].map(([view, on]) => `LEFT JOIN ${view} ON ${on}`)].join(
      "\n  ",
    );
  }

  get tables(): string[] {
    const related = this.plan.filters
      .filter(({ operator }) => operator.startsWith("has_"))
      .map(({ column }) => column);
    return [...new Set([this.entity, ...this.joins.keys(), ...related])];
  }
}
