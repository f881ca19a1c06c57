import type { CatalogueTable, Plan, PlanFilter, PlanMeasure, PlanTerm } from "@b24kit/client/contract";
import { findColumn } from "../catalogue.ts";
import { mannerOf } from "./manners.ts";
import type { MeasureWish } from "./read-measure.ts";
import type { Reading } from "./read-question.ts";

export const nothing: Plan = {
  ...{ entity: "deals", measures: [], dimensions: [], columns: [], filters: [], period: null, compare: null },
  ...{ running: false, order: null, limit: null, others: false, target: null },
};

const everything: PlanTerm = { aggregate: "count", column: null, since: null, filters: [] };
const measure = (given: Partial<PlanMeasure> = {}): PlanMeasure => ({ ...everything, over: null, ...given });
const ended = (result: string): PlanFilter[] => [{ column: "result", operator: "eq", values: [result] }];
const rate = (result: string) => measure({ filters: ended(result), over: everything });
const amount = (aggregate: PlanMeasure["aggregate"], filters: PlanFilter[] = []) =>
  measure({ aggregate, column: "amount", filters });
const days = (aggregate: PlanMeasure["aggregate"]) =>
  measure({ aggregate, column: "close_date", since: "created" });

const MEASURES: Readonly<Record<Exclude<MeasureWish, "sales_count_or_sum">, readonly PlanMeasure[]>> = {
  count: [measure()],
  share: [measure()],
  amount: [amount("sum")],
  revenue: [amount("sum")],
  average: [amount("avg")],
  median_amount: [amount("median")],
  maximum: [amount("max")],
  minimum: [amount("min")],
  days_median: [days("median")],
  days_average: [days("avg")],
  conversion: [rate("won")],
  win_rate: [rate("won")],
  loss_rate: [rate("lost")],
  overview: [
    measure(),
    measure({ filters: ended("won") }),
    amount("sum", ended("won")),
    amount("avg"),
    rate("won"),
  ],
};

/** A plan of fewer may be one of deals. */
const SURELY_MONEY = 10_000;

/** The figures that are wished for; null where the records have no such figures. */
export function measuresOf(
  { measure: wish, planned, results, target }: Reading,
  table: CatalogueTable,
): PlanMeasure[] | null {
  if (planned) {
    const won = amount("sum", ended("won"));
    return table.name === "deals" ? [won, measure({ aggregate: "target", column: "won_amount" })] : null;
  }
  if (wish === "sales_count_or_sum") return null;
  if (wish === null && target !== null) return target >= SURELY_MONEY ? [amount("sum")] : null;
  // Rows of products are not what is counted: pieces or money are, and that has to be said.
  if (wish === null && table.name === "product_rows") return null;
  const measures = mannerOf(table.name).figures?.[wish ?? "count"] ?? MEASURES[wish ?? "count"];
  const known = measures.every(
    ({ column, since }) =>
      (column === null || findColumn(table, column)) && (since === null || findColumn(table, since)),
  );
  const rates =
    measures.some(({ over }) => over !== null) && (results.length > 0 || !findColumn(table, "result"));
  return known && !rates ? [...measures] : null;
}
