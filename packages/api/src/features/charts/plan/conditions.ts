import type { Catalogue, PeriodUnit, PlanFilter } from "@b24kit/client/contract";
import { findJoin } from "../catalogue.ts";
import { codesOf, isDate, type PlanColumn, sqlOf } from "./columns.ts";
import { add, type DayRange, type Reader, rangeOf, today } from "./day.ts";
import type { Parameters } from "./parameters.ts";
import { isUnset } from "./plan-words.ts";

/** What conditions are made in. */
export interface ConditionScope {
  readonly catalogue: Catalogue;
  readonly entity: string;
  readonly reader: Reader;
  readonly parameters: Parameters;
  /** Remembers that a column of another view is read. */
  use(name: string): PlanColumn;
}

/** Whole days of the reader's calendar, half-open, so that a moment is in exactly one of two neighbours. */
export function within(column: PlanColumn, range: DayRange, { parameters, reader }: ConditionScope): string {
  const bound = (day: string) => dayStart(column, parameters.add(day, "date"), parameters, reader);
  return `(${sqlOf(column)} >= ${bound(range.from)} AND ${sqlOf(column)} < ${bound(range.until)})`;
}

/** SQL of a moment's date and time as the reader's clocks show it. */
export function localTime(column: PlanColumn, parameters: Parameters, reader: Reader): string {
  const zone =
    column.column.kind === "date" ? "" : ` AT TIME ZONE ${parameters.add(reader.timeZone, "text")}`;
  return zone === "" ? `${sqlOf(column)}::timestamp` : `(${sqlOf(column)}${zone})`;
}

function dayStart(column: PlanColumn, day: string, parameters: Parameters, { timeZone }: Reader): string {
  if (column.column.kind === "date") return day;
  return `(${day}::timestamp AT TIME ZONE ${parameters.add(timeZone, "text")})`;
}

/** @param filter checked by validate-plan.ts */
export function condition(filter: PlanFilter, scope: ConditionScope): string {
  const { operator, values, column: name } = filter;
  if (operator === "has_any" || operator === "has_none") return related(filter, scope);
  const named = scope.use(name);
  if (operator === "is_null") return `${sqlOf(codesOf(named))} IS NULL`;
  if (operator === "not_null") return `${sqlOf(codesOf(named))} IS NOT NULL`;
  if (operator === "contains") return contains(named, values[0]!, scope);
  if (isDate(named.column)) return dates(named, filter, scope);
  return compared(comparedColumn(named, values), filter, scope);
}

/** Values are codes; where they are words, the words are compared. */
function comparedColumn(named: PlanColumn, values: readonly string[]): PlanColumn {
  const codes = codesOf(named);
  if (codes === named) return named;
  const known = new Set(codes.column.values?.map(({ code }) => code));
  return values.every((value) => known.has(value)) ? codes : named;
}

function related({ operator, column: other }: PlanFilter, { catalogue, entity }: ConditionScope): string {
  const { from, to } = findJoin(catalogue, other, entity)!;
  const exists = `EXISTS (SELECT 1 FROM ${other} r WHERE r.${from.column} = t.${to.column})`;
  return operator === "has_any" ? exists : `NOT ${exists}`;
}

/** Letters only: what people write into a pattern is not one. Who writes ё may have written е. */
function contains(column: PlanColumn, text: string, { parameters }: ConditionScope): string {
  const escaped = text.replace(/[\\%_]/g, "\\$&");
  const spellings = new Set([escaped, escaped.replaceAll("ё", "е").replaceAll("Ё", "Е")]);
  const any = [...spellings].map((one) => `${sqlOf(column)} ILIKE ${parameters.add(`%${one}%`, "text")}`);
  return `(${any.join(" OR ")})`;
}

const SIGNS = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;

function compared(
  column: PlanColumn,
  { operator, values }: PlanFilter,
  { parameters }: ConditionScope,
): string {
  const sql = sqlOf(column);
  const { type, kind } = column.column;
  if (kind === "list") {
    const element = type.replace("[]", "");
    const each = values.map((value) => `${parameters.add(value, element)} = ANY (${sql})`);
    const any = `coalesce(${each.join(" OR ")}, false)`;
    return operator === "ne" || operator === "not_in" ? `NOT ${any}` : any;
  }
  if (operator === "between") {
    return `(${sql} BETWEEN ${parameters.add(values[0]!, type)} AND ${parameters.add(values[1]!, type)})`;
  }
  if (operator in SIGNS)
    return `${sql} ${SIGNS[operator as keyof typeof SIGNS]} ${parameters.add(values[0]!, type)}`;
  return oneOf(sql, type, operator === "ne" || operator === "not_in", values, parameters);
}

/** "Not this" includes what has no value at all. */
function oneOf(
  sql: string,
  type: string,
  not: boolean,
  values: readonly string[],
  parameters: Parameters,
): string {
  const set = values.filter((value) => !isUnset(value));
  const unset = set.length < values.length;
  const one = () => `${sql} = ${parameters.add(set[0]!, type)}`;
  const several = () => `${sql} = ANY (${parameters.add(set, `${type}[]`)})`;
  const known = set.length === 0 ? [] : [set.length === 1 ? one() : several()];
  const any = [...known, ...(unset ? [`${sql} IS NULL`] : [])].join(" OR ");
  return not ? `(${any}) IS NOT TRUE` : `(${any})`;
}

/** "now" of a column that knows the time of day. To the minute, so that the same question is soon the same statement. */
function thisMinute(
  { column }: PlanColumn,
  { operator, values }: PlanFilter,
  { now }: Reader,
): { sign: string; at: string } | null {
  if (values[0] !== "now" || column.kind !== "datetime" || !(operator in SIGNS)) return null;
  const at = new Date(Math.floor(now.getTime() / 60_000) * 60_000).toISOString();
  return { sign: SIGNS[operator as keyof typeof SIGNS], at };
}

function dates(column: PlanColumn, filter: PlanFilter, scope: ConditionScope): string {
  const { operator, values } = filter;
  const { reader, parameters } = scope;
  const sql = sqlOf(column);
  const day = (value: string) => (value === "today" || value === "now" ? today(reader) : value);
  const start = (value: string) => dayStart(column, parameters.add(value, "date"), parameters, reader);
  const moment = thisMinute(column, filter, reader);
  if (moment !== null) return `${sql} ${moment.sign} ${parameters.add(moment.at, "timestamptz")}`;
  const next = (value: string) => add(day(value), "day", 1);
  const period = (kind: "last" | "this" | "previous", unit: string, count: number | null) =>
    rangeOf({ column: null, kind, unit: unit as PeriodUnit, count, from: null, to: null }, reader);
  const [first, second] = values;
  switch (operator) {
    case "gt":
      return `${sql} >= ${start(next(first!))}`;
    case "gte":
      return `${sql} >= ${start(day(first!))}`;
    case "lt":
      return `${sql} < ${start(day(first!))}`;
    case "lte":
      return `${sql} < ${start(next(first!))}`;
    case "between":
      return within(column, { from: day(first!), until: next(second!) }, scope);
    case "last_n":
      return within(column, period("last", second!, Number(first)), scope);
    case "this_period":
      return within(column, period("this", first!, null), scope);
    case "previous_period":
      return within(column, period("previous", first!, null), scope);
    default: {
      const any = values
        .map((value) => within(column, { from: day(value), until: next(value) }, scope))
        .join(" OR ");
      return operator === "ne" || operator === "not_in" ? `(${any}) IS NOT TRUE` : `(${any})`;
    }
  }
}
