import type { ChartTarget } from "@b24kit/client/contract";
import { codesOf, wordsOf } from "./columns.ts";
import { startOf } from "./day.ts";
import type { DimensionSql } from "./dimensions.ts";
import type { MeasureSql } from "./measures.ts";
import { UNSET } from "./plan-words.ts";
import type { Scope } from "./scope.ts";

/** Monthly plans take part as records of their own: a manager with a plan and without a deal is shown too. */
export function plannedRows(
  scope: Scope,
  dimensions: readonly DimensionSql[],
  measures: readonly MeasureSql[],
): string[] {
  return scope.plan.measures.flatMap((measure, index) =>
    measure.aggregate === "target" ? [planned(scope, dimensions, measures, index)] : [],
  );
}

function planned(
  scope: Scope,
  dimensions: readonly DimensionSql[],
  measures: readonly MeasureSql[],
  index: number,
): string {
  const { parameters, plan } = scope;
  const targets = chosen(scope, plan.measures[index]!.column ?? "won_amount");
  const columns = plan.dimensions.map((_, i) => targets.map((target) => groupOf(scope, i, target)));
  const groups = dimensions.flatMap(({ type, code, codeType }, i) => {
    const values = columns[i]!;
    const words = parameters.add(
      values.map(({ word }) => word),
      `${type}[]`,
    );
    const codes =
      code === null
        ? `NULL::${codeType}`
        : `(${parameters.add(
            values.map(({ key }) => key),
            `${codeType}[]`,
          )})[n]`;
    return [`(${words})[n]`, codes, "NULL::numeric"];
  });
  const values = parameters.add(
    targets.map(({ value }) => String(value)),
    "numeric[]",
  );
  const inputs = measures.flatMap(({ inputTypes }, m) =>
    inputTypes.map((type) => (m === index ? `(${values})[n]` : `NULL::${type}`)),
  );
  const period = plan.compare === null ? [] : ["0"];
  return `  UNION ALL SELECT ${[...groups, ...inputs, ...period].join(", ")} FROM generate_series(1, ${targets.length}) AS n`;
}

/** The plans of the period, of the scope that the plan speaks of: no plan is counted in two of them. */
function chosen(scope: Scope, measure: string): ChartTarget[] {
  const { context, plan, range } = scope;
  const inRange = (context.targets ?? []).filter(
    (target) =>
      target.measure === measure &&
      (range === null ||
        (`${target.month}-01` >= startOf(range.from, "month") && `${target.month}-01` < range.until)),
  );
  const subject = scopeOf(scope);
  const wanted =
    subject ??
    (["all", "responsible", "funnel"] as const).find((one) => inRange.some((target) => target.scope === one));
  const only = plan.filters
    .filter(({ column }) => isSubject(scope, column, wanted))
    .flatMap(({ values }) => values);
  return inRange.filter(
    (target) => target.scope === wanted && (only.length === 0 || only.includes(target.subject ?? "")),
  );
}

function scopeOf(scope: Scope): ChartTarget["scope"] | null {
  const { dimensions, filters } = scope.plan;
  const names = [...dimensions, ...filters].map(({ column }) => column);
  if (names.some((name) => isSubject(scope, name, "responsible"))) return "responsible";
  return names.some((name) => isSubject(scope, name, "funnel")) ? "funnel" : null;
}

function isSubject(scope: Scope, name: string, subject: string | undefined): boolean {
  return subject !== undefined && (name === subject || name === `${subject}_id`) && scope.own(name) !== null;
}

function groupOf(scope: Scope, i: number, target: ChartTarget): { word: string; key: string } {
  const { column, grain } = scope.plan.dimensions[i]!;
  if (grain !== null) {
    const unit = grain === "year" || grain === "quarter" ? grain : "month";
    return { word: startOf(`${target.month}-01`, unit), key: "" };
  }
  const codes = codesOf(wordsOf(scope.use(column))).column;
  const known = codes.values?.find(({ code }) => code === target.subject);
  return {
    word: known?.label[scope.reader.locale] ?? target.subject ?? UNSET[scope.reader.locale],
    key: target.subject ?? "",
  };
}
