import { asNode, isObject, type Json, list, locationOf, strings } from "./node.ts";
import { outputName } from "./output-name.ts";
import { Refused } from "./refusal.ts";
import { resolveColumn, type Scope, type ScopeColumn } from "./scope.ts";
import { type Readable, readFrom, renamed, type Surroundings } from "./select-scope.ts";

/** A column of the result: its name, the expression behind it, and the column of a view where it is plainly that. */
export interface OutputColumn extends ScopeColumn {
  readonly expression: Json | null;
}

export interface Resolved {
  readonly outputs: readonly OutputColumn[];
  /** What each column reference means; of all SELECTs of the statement. */
  readonly meanings: ReadonlyMap<Json, ScopeColumn>;
  /** The chart views that are read, sorted. */
  readonly tables: readonly string[];
}

/**
 * Finds what every name of a statement means: tables and columns of the catalogue, or of the statement's own making.
 * @throws Refused at the first that means nothing, or something that may not be read
 */
export function resolveNames(select: Json, readable: Readable): Resolved {
  const meanings = new Map<Json, ScopeColumn>();
  const tables = new Set<string>();

  function readSelect(body: Json, around: Surroundings): readonly OutputColumn[] {
    const inner = withCtes(body, around);
    if (isObject(body["larg"])) return readSetOperation(body, inner);
    if (body["valuesLists"]) return readValues(body, inner);
    const scope = readFrom(list(body["fromClause"]), inner, readSelect, readExpression);
    for (const { columns } of scope.relations)
      for (const { source } of columns) if (source) tables.add(source.table);
    const outputs = list(body["targetList"]).flatMap((target) =>
      readTarget(asNode(target)!.body, scope, inner),
    );
    for (const clause of ["whereClause", "havingClause", "windowClause", "limitCount", "limitOffset"])
      readExpression(body[clause], scope, inner);
    for (const clause of ["sortClause", "distinctClause"])
      for (const item of list(body[clause]))
        if (!namesOutput(item, outputs)) readExpression(item, scope, inner);
    // GROUP BY, unlike those, means a table's column first.
    const own = scope.relations.flatMap(({ columns }) => columns);
    for (const item of list(body["groupClause"]))
      if (!namesOutput(item, outputs) || namesOutput(item, own)) readExpression(item, scope, inner);
    return outputs;
  }

  function withCtes(body: Json, around: Surroundings): Surroundings {
    const ctes = new Map(around.ctes);
    const clause = body["withClause"];
    for (const cte of isObject(clause) ? list(clause["ctes"]) : []) {
      const { body: common } = asNode(cte)!;
      const name = String(common["ctename"]);
      if (readable.catalogue.tables.some((table) => table.name === name) || /^pg_/i.test(name))
        throw new Refused(
          "construct_not_allowed",
          `WITH may not call something ${JSON.stringify(name.slice(0, 63))}.`,
          {
            location: locationOf(common),
            hint: "Choose a name that no table has.",
          },
        );
      const query = asNode(common["ctequery"])!;
      const columns = readSelect(query.body, { ...around, ctes });
      ctes.set(name, renamed(strings(common["aliascolnames"]), columns));
    }
    return { ...around, ctes };
  }

  function readSetOperation(body: Json, around: Surroundings): readonly OutputColumn[] {
    const left = readSelect(body["larg"] as Json, around);
    const right = readSelect(body["rarg"] as Json, around);
    const outputs = left.map((column, i) => ({
      ...column,
      source: column.source?.column === right[i]?.source?.column ? column.source : null,
    }));
    const scope = { relations: [{ name: "", columns: outputs }], outer: null };
    for (const clause of ["sortClause", "limitCount", "limitOffset"])
      readExpression(body[clause], scope, around);
    return outputs;
  }

  function readValues(body: Json, around: Surroundings): readonly OutputColumn[] {
    const scope = { relations: [], outer: around.outer };
    const rows = list(body["valuesLists"]).map((row) => list(asNode(row)?.body["items"]));
    for (const row of rows) readExpression(row, scope, around);
    return (rows[0] ?? []).map((_, i) => ({ name: `column${i + 1}`, source: null, expression: null }));
  }

  function readTarget(target: Json, scope: Scope, around: Surroundings): OutputColumn[] {
    const value = asNode(target["val"])!;
    if (value.kind === "ColumnRef" && endsInStar(value.body)) return expandStar(value.body, scope);
    readExpression(target["val"], scope, around);
    const name = typeof target["name"] === "string" ? target["name"] : outputName(target["val"]);
    const source = value.kind === "ColumnRef" ? (meanings.get(value.body)?.source ?? null) : null;
    return [{ name, source, expression: target["val"] as Json }];
  }

  function expandStar(reference: Json, scope: Scope): OutputColumn[] {
    const [only] = strings(reference["fields"]).slice(0, -1);
    const relations =
      only === undefined ? scope.relations : scope.relations.filter(({ name }) => name === only);
    if (relations.length === 0)
      throw new Refused("unknown_table", "The star stands for no table.", {
        location: locationOf(reference),
      });
    return relations.flatMap(({ columns }) =>
      columns.map((column) => {
        requireVisible(column, reference);
        return { ...column, expression: column.expression ?? null };
      }),
    );
  }

  function readExpression(value: unknown, scope: Scope, around: Surroundings): void {
    if (Array.isArray(value)) for (const item of value) readExpression(item, scope, around);
    if (!isObject(value)) return;
    const node = asNode(value);
    if (node?.kind === "ColumnRef") readReference(node.body, scope);
    else if (node?.kind === "SubLink") {
      readExpression(node.body["testexpr"], scope, around);
      readSelect(asNode(node.body["subselect"])!.body, { ...around, outer: scope });
    } else for (const part of Object.values(value)) readExpression(part, scope, around);
  }

  function readReference(reference: Json, scope: Scope): void {
    const location = locationOf(reference);
    if (endsInStar(reference))
      throw new Refused("construct_not_allowed", "A star may stand alone in the list of columns only.", {
        location,
        hint: "Name the columns.",
      });
    const column = resolveColumn(scope, strings(reference["fields"]), location);
    requireVisible(column, reference);
    meanings.set(reference, column);
  }

  function requireVisible({ source, name }: ScopeColumn, reference: Json): void {
    if (source && readable.isHidden(source.column))
      throw new Refused("column_hidden", `The column ${name} may not be read by this reader.`, {
        location: locationOf(reference),
        hint: "Name the columns that are needed.",
      });
  }

  const outputs = readSelect(select, { ...readable, ctes: new Map(), outer: null });
  return { outputs, meanings, tables: [...tables].sort() };
}

function endsInStar(reference: Json): boolean {
  return list(reference["fields"]).some((field) => asNode(field)?.kind === "A_Star");
}

/** ORDER BY, GROUP BY and DISTINCT ON may name a column of the result by its alias. */
function namesOutput(item: Json, outputs: readonly ScopeColumn[]): boolean {
  const node = asNode(item);
  if (node?.kind === "SortBy") return namesOutput(node.body["node"] as Json, outputs);
  if (node?.kind !== "ColumnRef") return false;
  const path = strings(node.body["fields"]);
  return path.length === 1 && outputs.some(({ name }) => name === path[0]);
}
