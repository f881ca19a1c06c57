import type { Field } from "../fields/field.ts";
import { asText } from "../php.ts";
import type { Row, Value } from "../values.ts";
import type { Zone } from "../zone.ts";
import { type Comparison, comparisonOf, isBlank, type Key } from "./comparison.ts";
import type { Operator } from "./operator.ts";

export type Condition = (row: Row) => boolean;

/** One line of a filter as a test of a row. */
export function compileCondition(field: Field, operator: Operator, operand: unknown, zone: Zone): Condition {
  const comparison = comparisonOf(field, zone);
  const { name } = field;
  const matches = compileMatch(comparison, positive(operator), operandList(operand), operand);
  const negated = operator === "!=" || operator.startsWith("not ");
  return (row) => matches(row[name] ?? null) !== negated;
}

function positive(operator: Operator): Operator {
  if (operator === "!=") return "=";
  return (operator.startsWith("not ") ? operator.slice(4) : operator) as Operator;
}

function operandList(operand: unknown): unknown[] {
  if (Array.isArray(operand)) return operand;
  if (typeof operand === "object" && operand !== null) return Object.values(operand);
  return [operand];
}

function compileMatch(
  comparison: Comparison,
  operator: Operator,
  operands: unknown[],
  raw: unknown,
): (v: Value) => boolean {
  if (operator === "=" && isBlank(raw)) return comparison.isEmpty;
  if (operator === "=" || operator === "in") {
    const wanted = new Set(operands.map(comparison.operand).filter((key) => key !== null));
    const wantsEmpty = operator === "=" && operands.some(isBlank);
    return anyOf(comparison, (key) => wanted.has(key as string | number), wantsEmpty);
  }
  if (operator === "contains" || operator === "like") {
    const tests = operands.map((value) => compileLike(asText(value).toLowerCase(), operator === "contains"));
    return anyOf(comparison, (key) => key !== null && tests.some((test) => test(String(key))));
  }
  // An empty list of bounds bounds nothing: the portal drops the line.
  if (operands.length === 0) return () => true;
  const bounds = operands.map(comparison.operand);
  return anyOf(
    comparison,
    (key) => key !== null && bounds.some((bound) => bound !== null && ordered(key, operator, bound)),
  );
}

/** A multiple value matches when one of its members does. */
function anyOf(
  comparison: Comparison,
  test: (key: Key) => boolean,
  wantsEmpty = false,
): (value: Value) => boolean {
  return (value) => {
    if (wantsEmpty && comparison.isEmpty(value)) return true;
    if (!Array.isArray(value)) return test(comparison.stored(value));
    return value.some((member) => test(comparison.stored(member)));
  };
}

function ordered(key: number | string, operator: Operator, bound: number | string): boolean {
  if (operator === ">") return key > bound;
  if (operator === ">=") return key >= bound;
  if (operator === "<") return key < bound;
  return key <= bound;
}

/** LIKE: `%` is any text, `_` any character; the bare `%` operator looks for the text as it stands, anywhere. */
function compileLike(pattern: string, anywhere: boolean): (text: string) => boolean {
  if (anywhere) return (text) => text.includes(pattern);
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/%/g, ".*")
    .replace(/_/g, ".");
  const expression = new RegExp(`^${source}$`, "su");
  return (text) => expression.test(text);
}
