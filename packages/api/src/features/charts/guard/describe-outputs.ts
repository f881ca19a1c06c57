import type { CatalogueColumn, ColumnKind } from "@b24kit/client/contract";
import type { ColumnInfo } from "../../../platform/arrow/column-plan.ts";
import { toColumnInfo } from "../column-info.ts";
import { asNode, isObject, type Json, list, strings } from "./node.ts";
import type { Resolved } from "./resolve-names.ts";
import type { ScopeColumn } from "./scope.ts";

/** What is known of an expression's values before it was run. */
interface Meaning {
  readonly kind: ColumnKind;
  readonly unit?: string | undefined;
  /** The column of a view whose values these are, unchanged. */
  readonly column?: CatalogueColumn | undefined;
}

/** What the columns of a result mean: as the catalogue says where they are plain, else as far as can be told. */
export function describeOutputs({ outputs, meanings }: Resolved): ColumnInfo[] {
  const infos: ColumnInfo[] = [];
  /** A column that is named often is looked at once, else a chain of WITHs that doubles would take for ever. */
  const known = new Map<unknown, Meaning | null>();
  for (const output of outputs) {
    const meaning = meaningOf(output);
    if (meaning === null) continue;
    const { kind, column } = meaning;
    if (column)
      infos.push(toColumnInfo({ ...column, name: output.name, unit: unitIn(meaning) }, column.name));
    else infos.push({ name: output.name, label: labelOf(output.name), kind, ...unitOf(unitIn(meaning)) });
  }
  return infos;

  function meaningOf({ source, expression = null }: ScopeColumn): Meaning | null {
    if (source) return ofColumn(source.column);
    return expression === null ? null : infer(expression);
  }

  function infer(expression: unknown): Meaning | null {
    if (!known.has(expression)) known.set(expression, inferNode(expression));
    return known.get(expression)!;
  }

  function inferNode(expression: unknown): Meaning | null {
    const node = asNode(expression);
    if (node === null) return null;
    const { kind, body } = node;
    if (kind === "ColumnRef") {
      const named = meanings.get(body);
      return named ? meaningOf(named) : null;
    }
    if (kind === "A_Const") return ofConstant(body);
    if (kind === "FuncCall") return inferCall(strings(body["funcname"]).at(-1) ?? "", list(body["args"]));
    if (kind === "TypeCast") return inferCast(body);
    if (kind === "CoalesceExpr" || kind === "MinMaxExpr") return infer(list(body["args"])[0]);
    if (kind === "CaseExpr") return infer(asNode(list(body["args"])[0])?.body["result"]);
    if (kind === "A_Expr") return inferOperator(body);
    if (kind === "SQLValueFunction")
      return { kind: body["op"] === "SVFOP_CURRENT_DATE" ? "date" : "datetime" };
    return ["BoolExpr", "NullTest", "BooleanTest"].includes(kind) ? { kind: "boolean" } : null;
  }

  function inferCall(name: string, args: readonly unknown[]): Meaning | null {
    const kind = Object.hasOwn(CALLS, name) ? CALLS[name]! : null;
    if (kind === null) return null;
    if (kind !== "argument") return { kind };
    const argument = infer(args[name === "date_trunc" ? 1 : 0]);
    // A sum of amounts is money; whose column it was is no longer true of it.
    return argument && { ...argument, column: undefined };
  }

  function inferCast(body: object): Meaning | null {
    const { arg, typeName } = body as { arg?: unknown; typeName?: unknown };
    const type = isObject(typeName) ? (strings(typeName["names"]).at(-1) ?? "") : "";
    if (/^date$/.test(type)) return { kind: "date" };
    if (/^timestamp/.test(type)) return { kind: "datetime" };
    if (/^bool/.test(type)) return { kind: "boolean" };
    if (type === "interval") return null;
    const inner = infer(arg);
    if (/^(text|varchar)$/.test(type)) return { kind: inner?.column ? inner.kind : "text" };
    return inner && { ...inner, ...(inner.kind === "text" ? { kind: "number" } : {}), column: undefined };
  }

  function inferOperator(body: object): Meaning | null {
    const { kind, name, lexpr, rexpr } = body as Record<string, unknown>;
    const [operator = ""] = strings(name);
    if (kind === "AEXPR_NULLIF") return infer(lexpr);
    if (kind !== "AEXPR_OP" || /[=<>~]/.test(operator)) return { kind: "boolean" };
    if (operator === "||") return { kind: "text" };
    const [left, right] = [infer(lexpr), infer(rexpr)];
    const money = [left, right].filter((side) => side?.kind === "money");
    // Money less money is money; money through money, or times money, is a bare number.
    if (money.length === 1 && operator !== "/") return { ...money[0]!, column: undefined };
    if (money.length === 1 && left?.kind === "money") return { ...left, column: undefined };
    if (money.length === 2 && /[+-]/.test(operator)) return { ...left!, column: undefined };
    if (/date/.test(left?.kind ?? "") && !/date/.test(right?.kind ?? "")) return { kind: left!.kind };
    return { kind: "number" };
  }

  /** A unit named by a column of the view is one where that column is in the result, under whatever name. */
  function unitIn({ unit }: Meaning): string | undefined {
    const named = /^\{(\w+)\}$/.exec(unit ?? "")?.[1];
    if (named === undefined) return unit;
    const carrier = outputs.find(({ source }) => source?.column.name === named);
    return carrier && `{${carrier.name}}`;
  }
}

function ofConstant(body: Json): Meaning | null {
  if ("sval" in body) return { kind: "text" };
  if ("boolval" in body) return { kind: "boolean" };
  return "ival" in body || "fval" in body ? { kind: "number" } : null;
}

function ofColumn(column: CatalogueColumn): Meaning {
  return { kind: column.kind, unit: column.unit, column };
}

const unitOf = (unit: string | undefined) => (unit === undefined ? {} : { unit });

/** An alias is all the words that there are. */
function labelOf(name: string) {
  const words = name.replaceAll("_", " ").trim();
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return { ru: text, en: text };
}

const kinds = (kind: ColumnKind | "argument", names: string) =>
  Object.fromEntries(names.split(" ").map((name) => [name, kind]));

const CALLS: Readonly<Record<string, ColumnKind | "argument">> = {
  ...kinds("count", "count"),
  ...kinds(
    "argument",
    "sum avg min max round ceil ceiling floor abs trunc first_value last_value nth_value lag lead",
  ),
  ...kinds("argument", "date_trunc mode"),
  ...kinds(
    "number",
    "row_number rank dense_rank ntile percent_rank cume_dist extract date_part length div mod sign",
  ),
  ...kinds(
    "number",
    "stddev stddev_pop stddev_samp variance var_pop var_samp corr sqrt ln log width_bucket cardinality",
  ),
  ...kinds(
    "text",
    "lower upper initcap btrim ltrim rtrim left right substring substr split_part concat concat_ws to_char",
  ),
  ...kinds("datetime", "now to_timestamp make_timestamptz make_timestamp timezone date_bin"),
  ...kinds("date", "make_date to_date"),
  ...kinds("boolean", "bool_and bool_or every starts_with isfinite"),
};
