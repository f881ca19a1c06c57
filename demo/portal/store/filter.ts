import type { Catalogue } from "../fields/catalogue.ts";
import type { Row } from "../values.ts";
import type { Zone } from "../zone.ts";
import { comparisonOf } from "./comparison.ts";
import { compileCondition } from "./condition.ts";
import { type Operator, readOperator } from "./operator.ts";

/** A compiled filter: what the ID index answers, and what each remaining row must pass. */
export interface Filter {
  /** IDs from `from` to `to`, both included. */
  from: number;
  to: number;
  /** Exactly these IDs (ascending), where the filter names them. */
  ids: number[] | null;
  /** The other conditions; null when the index says it all. */
  test: ((row: Row) => boolean) | null;
}

/** Unknown fields are ignored without a word, as the classic lists do. */
export function compileFilter(lines: Record<string, unknown>, catalogue: Catalogue, zone: Zone): Filter {
  const filter: Filter = { from: 0, to: Number.MAX_SAFE_INTEGER, ids: null, test: null };
  const tests: ((row: Row) => boolean)[] = [];
  for (const [key, operand] of Object.entries(lines)) {
    const { operator, name } = readOperator(key);
    const field = catalogue.byName.get(name.toUpperCase());
    if (!field || field.isHidden) continue;
    if (field.name === "ID" && narrowById(filter, operator, operand, comparisonOf(field, zone).operand))
      continue;
    tests.push(compileCondition(field, operator, operand, zone));
  }
  const [first] = tests;
  if (first) filter.test = tests.length === 1 ? first : (row) => tests.every((test) => test(row));
  return filter;
}

/** Takes a condition on ID into the index range. False where only a scan can answer it. */
function narrowById(
  filter: Filter,
  operator: Operator,
  operand: unknown,
  read: (v: unknown) => unknown,
): boolean {
  if (operator === "=" || operator === "in") {
    if (operator === "=" && (operand === null || operand === "" || operand === false)) return false;
    if (operator === "=" && Array.isArray(operand) && operand.length === 0) return false;
    const values = typeof operand === "object" && operand !== null ? Object.values(operand) : [operand];
    const ids = [...new Set(values.map((value) => read(value) as number))].sort((a, b) => a - b);
    const known = filter.ids;
    filter.ids = known ? known.filter((id) => ids.includes(id)) : ids;
    return true;
  }
  if (typeof operand === "object" && operand !== null) return false;
  const bound = read(operand) as number;
  if (operator === ">") filter.from = Math.max(filter.from, Math.floor(bound) + 1);
  else if (operator === ">=") filter.from = Math.max(filter.from, Math.ceil(bound));
  else if (operator === "<") filter.to = Math.min(filter.to, Math.ceil(bound) - 1);
  else if (operator === "<=") filter.to = Math.min(filter.to, Math.floor(bound));
  else return false;
  return true;
}
