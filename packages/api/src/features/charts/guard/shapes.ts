/**
 * Every kind of node that a statement may have, with every property that it may have and what that property holds.
 * What is not here does not pass: a new version of PostgreSQL can bring nothing in unseen.
 */
export type Content =
  /** A node, wrapped in its kind. */
  | "node"
  /** A list of them. */
  | "nodes"
  /** Plain text, number or boolean. */
  | "scalar"
  /** A body of the kind named, without wrapping: the parser writes typed fields so. */
  | { readonly inline: string }
  /** One of these texts. */
  | { readonly oneOf: readonly string[] };

type Shape = Readonly<Record<string, Content>>;

const location = "scalar" as const;
const inlineOf = (inline: string) => ({ inline });
const oneOf = (...texts: string[]) => ({ oneOf: texts });

const CALL_FORMS = oneOf("COERCE_EXPLICIT_CALL", "COERCE_SQL_SYNTAX");

export const SHAPES: Readonly<Record<string, Shape>> = {
  SelectStmt: {
    distinctClause: "nodes",
    targetList: "nodes",
    fromClause: "nodes",
    whereClause: "node",
    groupClause: "nodes",
    havingClause: "node",
    windowClause: "nodes",
    valuesLists: "nodes",
    sortClause: "nodes",
    limitOffset: "node",
    limitCount: "node",
    // Without WITH TIES: rows beyond the limit are not what was asked.
    limitOption: oneOf("LIMIT_OPTION_DEFAULT", "LIMIT_OPTION_COUNT"),
    withClause: inlineOf("WithClause"),
    op: oneOf("SETOP_NONE", "SETOP_UNION", "SETOP_INTERSECT", "SETOP_EXCEPT"),
    all: "scalar",
    larg: inlineOf("SelectStmt"),
    rarg: inlineOf("SelectStmt"),
  },
  ResTarget: { name: "scalar", val: "node", location },
  ColumnRef: { fields: "nodes", location },
  String: { sval: "scalar" },
  A_Star: {},
  A_Const: {
    ival: inlineOf("Integer"),
    fval: inlineOf("Float"),
    sval: inlineOf("String"),
    boolval: inlineOf("Boolean"),
    isnull: "scalar",
    location,
  },
  Integer: { ival: "scalar" },
  Float: { fval: "scalar" },
  Boolean: { boolval: "scalar" },
  List: { items: "nodes" },
  A_Expr: {
    kind: oneOf(
      "AEXPR_OP",
      "AEXPR_OP_ANY",
      "AEXPR_OP_ALL",
      "AEXPR_DISTINCT",
      "AEXPR_NOT_DISTINCT",
      "AEXPR_NULLIF",
      "AEXPR_IN",
      "AEXPR_LIKE",
      "AEXPR_ILIKE",
      "AEXPR_BETWEEN",
      "AEXPR_NOT_BETWEEN",
      "AEXPR_BETWEEN_SYM",
      "AEXPR_NOT_BETWEEN_SYM",
    ),
    name: "nodes",
    lexpr: "node",
    rexpr: "node",
    rexpr_list_start: "scalar",
    rexpr_list_end: "scalar",
    location,
  },
  BoolExpr: { boolop: oneOf("AND_EXPR", "OR_EXPR", "NOT_EXPR"), args: "nodes", location },
  NullTest: { arg: "node", nulltesttype: oneOf("IS_NULL", "IS_NOT_NULL"), location },
  BooleanTest: { arg: "node", booltesttype: "scalar", location },
  CaseExpr: { arg: "node", args: "nodes", defresult: "node", location },
  CaseWhen: { expr: "node", result: "node", location },
  CoalesceExpr: { args: "nodes", location },
  MinMaxExpr: { op: oneOf("IS_GREATEST", "IS_LEAST"), args: "nodes", location },
  A_ArrayExpr: { elements: "nodes", list_start: "scalar", list_end: "scalar", location },
  FuncCall: {
    funcname: "nodes",
    args: "nodes",
    agg_order: "nodes",
    agg_filter: "node",
    over: inlineOf("WindowDef"),
    agg_within_group: "scalar",
    agg_star: "scalar",
    agg_distinct: "scalar",
    funcformat: CALL_FORMS,
    location,
  },
  NamedArgExpr: { arg: "node", name: "scalar", argnumber: "scalar", location },
  TypeCast: { arg: "node", typeName: inlineOf("TypeName"), location },
  TypeName: { names: "nodes", typmods: "nodes", typemod: "scalar", location },
  SQLValueFunction: {
    op: oneOf(
      "SVFOP_CURRENT_DATE",
      "SVFOP_CURRENT_TIMESTAMP",
      "SVFOP_CURRENT_TIMESTAMP_N",
      "SVFOP_LOCALTIMESTAMP",
      "SVFOP_LOCALTIMESTAMP_N",
    ),
    typmod: "scalar",
    location,
  },
  SubLink: {
    subLinkType: oneOf("EXISTS_SUBLINK", "ALL_SUBLINK", "ANY_SUBLINK", "EXPR_SUBLINK"),
    testexpr: "node",
    operName: "nodes",
    subselect: "node",
    location,
  },
  RangeVar: {
    schemaname: "scalar",
    relname: "scalar",
    inh: "scalar",
    relpersistence: oneOf("p"),
    alias: inlineOf("Alias"),
    location,
  },
  RangeSubselect: { lateral: "scalar", subquery: "node", alias: inlineOf("Alias") },
  RangeFunction: { lateral: "scalar", ordinality: "scalar", functions: "nodes", alias: inlineOf("Alias") },
  JoinExpr: {
    jointype: oneOf("JOIN_INNER", "JOIN_LEFT", "JOIN_RIGHT", "JOIN_FULL"),
    larg: "node",
    rarg: "node",
    usingClause: "nodes",
    quals: "node",
    rtindex: "scalar",
  },
  Alias: { aliasname: "scalar", colnames: "nodes" },
  WithClause: { ctes: "nodes", location },
  CommonTableExpr: {
    ctename: "scalar",
    aliascolnames: "nodes",
    ctematerialized: "scalar",
    ctequery: "node",
    location,
  },
  SortBy: {
    node: "node",
    sortby_dir: oneOf("SORTBY_DEFAULT", "SORTBY_ASC", "SORTBY_DESC"),
    sortby_nulls: "scalar",
    location,
  },
  WindowDef: {
    name: "scalar",
    refname: "scalar",
    partitionClause: "nodes",
    orderClause: "nodes",
    frameOptions: "scalar",
    startOffset: "node",
    endOffset: "node",
    location,
  },
  GroupingSet: {
    kind: oneOf("GROUPING_SET_EMPTY", "GROUPING_SET_ROLLUP", "GROUPING_SET_SETS"),
    content: "nodes",
    location,
  },
  GroupingFunc: { args: "nodes", location },
};

/** Properties in which the parser writes an empty node for "nothing more": DISTINCT without ON, a function's columns. */
export const MAY_HOLD_NOTHING: ReadonlySet<string> = new Set(["SelectStmt.distinctClause", "List.items"]);

/** Kinds of statement beyond SELECT, which a text that is one names in its first word. */
export const IS_STATEMENT = /Stmt$/;
