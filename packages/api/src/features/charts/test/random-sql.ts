import type { Catalogue, CatalogueTable } from "@b24kit/client/contract";
import fc from "fast-check";
import { FUNCTIONS, OPERATORS, TYPES } from "../guard/functions.ts";

/** What no question needs, mixed in so that the guard has something to decide. */
const FORBIDDEN = [
  ..."pg_sleep set_config txid_current lo_creat pg_notify pg_advisory_lock nextval repeat query_to_xml".split(
    " ",
  ),
  ..."pg_logical_emit_message string_agg pg_export_snapshot current_setting random".split(" "),
];

/** Statements that look like questions, of the tables there are, right and wrong in every part. */
export function randomSql(catalogue: Catalogue): fc.Arbitrary<string> {
  return fc.constantFrom(...catalogue.tables).chain((table) => statementOver(table));
}

function statementOver(table: CatalogueTable): fc.Arbitrary<string> {
  const column = fc.constantFrom(...table.columns.map(({ name }) => name));
  const literal = fc.oneof(
    fc.integer({ min: -1000, max: 1000 }).map(String),
    fc.constantFrom("'a'", "'2026-01-01'", "NULL", "true", "now()", "current_date", "interval '1 month'"),
  );
  const named = [...FUNCTIONS].sort();
  const call = fc.constantFrom(...named, ...named, ...named, ...FORBIDDEN);
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      column,
      column,
      literal,
      fc
        .tuple(call, fc.array(tie("expression"), { maxLength: 3 }))
        .map(([name, args]) => `${name}(${args.join(", ")})`),
      fc
        .tuple(tie("expression"), fc.constantFrom(...OPERATORS, "^", "~"), tie("expression"))
        .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      fc
        .tuple(tie("expression"), fc.constantFrom(...TYPES, "regclass", "xml"))
        .map(([value, type]) => `(${value})::${type}`),
      tie("expression").map((value) => `coalesce(${value}, ${value})`),
      fc
        .tuple(tie("expression"), tie("expression"))
        .map(([when, then]) => `CASE WHEN ${when} IS NULL THEN ${then} END`),
    ),
  }));
  const measure = fc.oneof(
    fc.constant("count(*)"),
    column.map((name) => `count(DISTINCT ${name})`),
    fc.tuple(fc.constantFrom("min", "max", "sum", "avg"), column).map(([of, name]) => `${of}(${name})`),
    column.map((name) => `row_number() OVER (ORDER BY ${name})`),
  );
  const ending = fc.constantFrom("", " LIMIT 5", " FOR UPDATE", " ORDER BY 1", "; SELECT 1", " -- end");
  return fc.oneof(
    fc
      .tuple(column, measure, fc.option(expression), ending)
      .map(
        ([by, of, where, end]) =>
          `SELECT ${by}, ${of} FROM ${table.name}${where ? ` WHERE ${where} IS NOT NULL` : ""} GROUP BY ${by}${end}`,
      ),
    fc
      .tuple(fc.array(expression, { minLength: 1, maxLength: 3 }), ending)
      .map(([list, end]) => `SELECT ${list.join(", ")} FROM ${table.name}${end}`),
    fc
      .tuple(expression, column)
      .map(
        ([value, by]) =>
          `WITH x AS (SELECT ${value} AS v, ${by} AS k FROM ${table.name}) SELECT k, count(v) FROM x GROUP BY k`,
      ),
  );
}
