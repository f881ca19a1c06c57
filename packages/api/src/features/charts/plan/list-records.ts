import type { ColumnInfo } from "../../../platform/queries/definition.ts";
import { findTable } from "../catalogue.ts";
import { currencyOf, isNumber, type PlanColumn, sqlOf, twin } from "./columns.ts";
import type { CompiledPlan } from "./compiled-plan.ts";
import { fieldName, valueSql } from "./dimensions.ts";
import type { Scope } from "./scope.ts";

/** More records than this are for exports, not for charts. */
const MOST_LISTED = 1_000;
const MOST_POINTS = 100_000;

/** A list of records: the columns asked for, and those that links and currencies need. */
export function listRecords(scope: Scope): Omit<CompiledPlan, "notes"> {
  const { plan, parameters } = scope;
  const asked = plan.columns.map((name) => scope.use(name));
  const columns = withCompanions(asked, scope);
  const where = scope.conditions();
  const points = asked.length <= 3 && asked.filter(({ column }) => isNumber(column)).length >= 2;
  const limit = parameters.add(String(plan.limit ?? (points ? MOST_POINTS : MOST_LISTED)), "bigint");
  const sql = [
    `SELECT ${columns.map((column) => `${shownSql(column, scope)} AS ${fieldName(column)}`).join(",\n  ")}`,
    `FROM ${scope.from()}`,
    ...(where.length === 0 ? [] : [`WHERE ${where.join("\n  AND ")}`]),
    `ORDER BY ${orderOf(asked, scope)}`,
    `LIMIT ${limit}`,
  ].join("\n");
  return {
    sql,
    params: parameters.list,
    columns: columns.map(toInfo),
    shape: { dimensions: [], measures: [], listed: asked.map(fieldName), partial: null },
    tables: scope.tables,
  };
}

/** Codes of ours in words; ids, stages and words of the portal as they are. */
function shownSql(source: PlanColumn, scope: Scope): string {
  const { kind, words, codes } = source.column;
  return kind === "status" && words === undefined && codes === undefined
    ? valueSql(source, scope)
    : sqlOf(source);
}

function withCompanions(asked: readonly PlanColumn[], scope: Scope): PlanColumn[] {
  const needed = asked.flatMap((column) => {
    const slots = [...(column.column.link ?? "").matchAll(/\{(\w+)\}/g)].map(([, slot]) =>
      twin(column, slot),
    );
    return [currencyOf(column), ...slots].filter((found) => found !== null);
  });
  const id = scope.own("id");
  const names = new Set<string>();
  return [...asked, ...needed, ...(id ? [id] : [])].filter((column) => {
    const name = fieldName(column);
    return !names.has(name) && names.add(name);
  });
}

function orderOf(asked: readonly PlanColumn[], scope: Scope): string {
  const { order } = scope.plan;
  const last = scope.own("id") ? ["t.id DESC"] : [];
  if (order?.by === "column") {
    return [
      `${sqlOf(asked[order.index]!)} ${order.direction === "asc" ? "ASC" : "DESC"} NULLS LAST`,
      ...last,
    ].join(", ");
  }
  const hasDate = findTable(scope.catalogue, scope.entity)!.columns.some(({ name }) => name === "created");
  return [
    ...(hasDate ? ["t.created DESC NULLS LAST"] : []),
    ...last,
    ...(last.length === 0 ? ["1"] : []),
  ].join(", ");
}

function toInfo(source: PlanColumn): ColumnInfo {
  const { label, kind, unit, link } = source.column;
  const own = source.alias === "t";
  return {
    name: fieldName(source),
    label,
    kind,
    ...(unit === undefined ? {} : { unit: own ? unit : unit.replace(/\{(\w+)\}/, `{${source.alias}_$1}`) }),
    ...(link === undefined || !own ? {} : { link }),
  };
}
