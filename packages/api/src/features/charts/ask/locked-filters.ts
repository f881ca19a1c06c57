import type { Catalogue, ChartFilters, Plan, PlanFilter } from "@b24kit/client/contract";
import { findColumn, findTable } from "../catalogue.ts";
import { mainDate } from "../plan/columns.ts";

/** Columns by which a page's filters reach an entity, where it has them. */
const COLUMNS = { funnel: "funnel_id", responsible: "responsible_id", source: "source_id" } as const;

/** An entity that a lock cannot reach, or a part of a plan that looks past it. */
export interface LockBroken {
  readonly broken: string;
}

/**
 * The plan with a page's filters in it. Those of the reader are passed over where the entity lacks the column; a lock is
 * not: what it cannot reach may not be seen.
 */
export function withFilters(
  catalogue: Catalogue,
  plan: Plan,
  filters: ChartFilters | null,
  locked: boolean,
): Plan | LockBroken {
  if (filters === null || isEmpty(filters)) return plan;
  const table = findTable(catalogue, plan.entity);
  if (!table) return plan;
  const added: PlanFilter[] = [];
  for (const [name, column] of Object.entries(COLUMNS) as [keyof typeof COLUMNS, string][]) {
    if (filters[name].length === 0) continue;
    if (findColumn(table, column)) added.push({ column, operator: "in", values: filters[name] });
    else if (locked) return { broken: `${plan.entity} has no ${name}` };
  }
  if (filters.from !== null || filters.to !== null) {
    const asked = locked ? undefined : plan.period?.column;
    const date = asked ?? mainDate(table)?.name;
    if (date !== undefined) added.push(...dates(date, filters));
    else if (locked) return { broken: `${plan.entity} has no date` };
  }
  const past = locked ? looksPast(plan) : null;
  if (past !== null) return { broken: past };
  return { ...plan, filters: [...plan.filters, ...added] };
}

export function isEmpty({ from, to, funnel, responsible, source }: ChartFilters): boolean {
  return from === null && to === null && funnel.length + responsible.length + source.length === 0;
}

function dates(column: string, { from, to }: ChartFilters): PlanFilter[] {
  if (from !== null && to !== null) return [{ column, operator: "between", values: [from, to] }];
  return from !== null
    ? [{ column, operator: "gte", values: [from] }]
    : [{ column, operator: "lte", values: [to!] }];
}

/** Monthly plans are everybody's, and other records are found whoever they belong to. */
function looksPast({ measures, filters }: Plan): string | null {
  const terms = measures.flatMap((measure) => (measure.over ? [measure, measure.over] : [measure]));
  if (terms.some(({ aggregate }) => aggregate === "target")) return "monthly plans";
  const all = [...filters, ...terms.flatMap((term) => term.filters)];
  const linked = all.find(({ operator }) => operator === "has_any" || operator === "has_none");
  return linked ? `records of ${linked.column}` : null;
}
