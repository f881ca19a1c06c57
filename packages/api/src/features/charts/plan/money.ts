import type { Catalogue, Plan, PlanTerm } from "@b24kit/client/contract";
import { currencyOf, type PlanColumn, resolveColumn, twin } from "./columns.ts";

/** How sums of money are made without adding different currencies. */
export interface MoneyRule {
  /** The column to aggregate. */
  readonly source: PlanColumn;
  /** Currency code, or `{column}` where each group has its own. */
  readonly unit: string | null;
  readonly how: "single" | "converted" | "by_currency" | "split";
  /** Column by which groups have to be split. */
  readonly currency: PlanColumn | null;
}

/** Null where the term is not a sum of money. */
export function moneyRule(catalogue: Catalogue, plan: Plan, term: PlanTerm): MoneyRule | null {
  if (term.column === null || term.since !== null || term.aggregate === "count_distinct") return null;
  const source = resolveColumn(catalogue, plan.entity, term.column);
  if (source?.column.kind !== "money") return null;
  const currency = currencyOf(source);
  if (currency === null) return { source, unit: source.column.unit ?? null, how: "single", currency: null };
  const named = nameOf(currency);
  if (plan.dimensions.some(({ column }) => column === named)) {
    return { source, unit: `{${currency.column.name}}`, how: "by_currency", currency };
  }
  const only = [...plan.filters, ...term.filters].find(
    ({ column, operator, values }) => column === named && operator === "eq" && values.length === 1,
  );
  if (only) return { source, unit: only.values[0]!, how: "single", currency: null };
  const base = twin(source, source.column.base);
  if (base?.column.unit) return { source: base, unit: base.column.unit, how: "converted", currency: null };
  return { source, unit: `{${currency.column.name}}`, how: "split", currency };
}

function nameOf({ alias, column }: PlanColumn): string {
  return alias === "t" ? column.name : `${alias}.${column.name}`;
}

/** The currency by which the result has to be split, as a plan names it. */
export function splitCurrency(catalogue: Catalogue, plan: Plan): string | null {
  const terms = plan.measures.flatMap((measure) => [measure, ...(measure.over ? [measure.over] : [])]);
  const split = terms.map((term) => moneyRule(catalogue, plan, term)).find((rule) => rule?.how === "split");
  return split?.currency ? nameOf(split.currency) : null;
}
