import { asNode, isObject, strings } from "./node.ts";

/** The name that PostgreSQL gives a result's column without an alias. */
export function outputName(expression: unknown): string {
  return chooseName(expression) ?? "?column?";
}

function chooseName(expression: unknown): string | null {
  const node = asNode(expression);
  if (node === null) return null;
  const { kind, body } = node;
  switch (kind) {
    case "ColumnRef":
      return strings(body["fields"]).at(-1) ?? null;
    case "FuncCall":
      return strings(body["funcname"]).at(-1) ?? null;
    case "A_Expr":
      return body["kind"] === "AEXPR_NULLIF" ? "nullif" : null;
    case "TypeCast":
      return chooseName(body["arg"]) ?? typeName(body["typeName"]);
    case "CaseExpr":
      return chooseName(body["defresult"]) ?? "case";
    case "CoalesceExpr":
      return "coalesce";
    case "MinMaxExpr":
      return body["op"] === "IS_LEAST" ? "least" : "greatest";
    case "A_ArrayExpr":
      return "array";
    case "GroupingFunc":
      return "grouping";
    case "SQLValueFunction":
      return String(body["op"])
        .replace(/^SVFOP_|_N$/g, "")
        .toLowerCase();
    case "SubLink":
      return nameOfSubLink(body["subLinkType"], body["subselect"]);
    default:
      return null;
  }
}

function typeName(type: unknown): string | null {
  return isObject(type) ? (strings(type["names"]).at(-1) ?? null) : null;
}

function nameOfSubLink(type: unknown, select: unknown): string | null {
  if (type === "EXISTS_SUBLINK") return "exists";
  if (type !== "EXPR_SUBLINK") return null;
  const targets = asNode(select)?.body["targetList"];
  const [first] = Array.isArray(targets) ? targets : [];
  const target = asNode(first)?.body;
  if (target === undefined) return null;
  return typeof target["name"] === "string" ? target["name"] : chooseName(target["val"]);
}
