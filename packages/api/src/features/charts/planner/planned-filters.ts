import type { CatalogueTable, PlanFilter } from "@b24kit/client/contract";
import { findColumn } from "../catalogue.ts";
import { MOVED, mannerOf } from "./manners.ts";
import type { Reading } from "./read-question.ts";

/** Which records a question speaks of. */
export function filtersOf(reading: Reading, table: CatalogueTable): PlanFilter[] {
  const {
    results,
    values,
    contains,
    quoted,
    without,
    withoutEntity,
    overdue,
    closed,
    repeat,
    amount,
    measure,
    target,
  } = reading;
  const filters: PlanFilter[] = [];
  const add = (column: string, operator: PlanFilter["operator"], given: string[] = []) =>
    filters.push({ column, operator, values: given });
  const won = measure === "revenue" || target !== null;
  const wanted = results.length > 0 ? results : won && findColumn(table, "result") ? (["won"] as const) : [];
  const { late, open } = mannerOf(table.name);
  // Of what is late, only what is still open is meant, whether or not that is said.
  const rest = overdue && late ? wanted.filter((one) => one !== "open") : wanted;
  if (open && rest.length === 1 && rest[0] === "open") filters.push(open);
  else if (rest.length > 0) add("result", rest.length === 1 ? "eq" : "in", [...rest]);
  for (const { filter } of values) filters.push(filter);
  const text = contains ?? quoted;
  if (text !== null) add("title", "contains", [text]);
  if (without !== null) add(without, "is_null");
  if (withoutEntity !== null) add(withoutEntity, "has_none");
  if (overdue) filters.push(...(late ?? [{ column: "close_date", operator: "lt", values: ["today"] }]));
  if (reading.moves) filters.push(MOVED);
  const lasted = ["days_median", "days_average"].includes(measure ?? "") && findColumn(table, "closed");
  if (closed || lasted) add("closed", "eq", ["true"]);
  if (repeat) add("repeat_customer", "eq", ["true"]);
  if (amount) filters.push(amount);
  return filters;
}
