import type { Catalogue, CatalogueColumn } from "@b24kit/client/contract";
import { meantName } from "../nearest.ts";
import { asNode, isObject, type Json, list, locationOf, strings } from "./node.ts";
import { Refused } from "./refusal.ts";
import type { Relation, Scope, ScopeColumn } from "./scope.ts";

/** What a statement may read. */
export interface Readable {
  readonly catalogue: Catalogue;
  /** The schema of the chart views: the only one that may be named. */
  readonly schema: string;
  /** Columns that this reader may not see. */
  readonly isHidden: (column: CatalogueColumn) => boolean;
}

/** What is known where a SELECT begins. */
export interface Surroundings extends Readable {
  readonly ctes: ReadonlyMap<string, readonly ScopeColumn[]>;
  readonly outer: Scope | null;
}

/** Resolves a SELECT in FROM, to its columns. */
export type ReadSelect = (select: Json, around: Surroundings) => readonly ScopeColumn[];

/** Resolves whatever an expression names. */
export type ReadExpression = (expression: unknown, scope: Scope, around: Surroundings) => void;

/** The relations of a FROM clause, from left to right. @throws Refused */
export function readFrom(
  items: readonly Json[],
  around: Surroundings,
  readSelect: ReadSelect,
  readExpression: ReadExpression,
): Scope {
  const relations: Relation[] = [];
  const merged = new Set<string>();
  /** What LATERAL and functions see: all that stands before them. */
  const soFar = (): Scope => ({ relations: [...relations], outer: around.outer, merged });

  function add(relation: Relation, location: number | undefined): void {
    if (relation.name !== "" && relations.some(({ name }) => name === relation.name))
      throw new Refused("ambiguous_column", `${relation.name} stands in FROM twice.`, {
        location,
        hint: "Give one of them an alias.",
      });
    relations.push(relation);
  }

  function read(item: Json): void {
    const { kind = "", body = {} } = asNode(item) ?? {};
    if (kind === "RangeVar") add(readTable(body, around), locationOf(body));
    else if (kind === "RangeSubselect") add(readSubselect(body), undefined);
    else if (kind === "RangeFunction") add(readRowFunction(body), undefined);
    else if (kind === "JoinExpr") readJoin(body);
    else throw new Refused("construct_not_allowed", `${kind} may not stand in FROM.`);
  }

  function readSubselect(body: Json): Relation {
    const select = asNode(body["subquery"])!.body;
    const outer = body["lateral"] ? soFar() : around.outer;
    return aliased(body["alias"], "", readSelect(select, { ...around, outer }));
  }

  function readRowFunction(body: Json): Relation {
    const calls = list(body["functions"]).map((entry) => asNode(list(asNode(entry)?.body["items"])[0])!.body);
    for (const call of calls) readExpression(call["args"], soFar(), around);
    const [name = ""] = strings(calls[0]?.["funcname"]);
    const alias = isObject(body["alias"]) ? String(body["alias"]["aliasname"]) : name;
    const columns = [{ name: alias, source: null }];
    if (body["ordinality"]) columns.push({ name: "ordinality", source: null });
    return aliased(body["alias"], name, columns);
  }

  function readJoin(body: Json): void {
    read(body["larg"] as Json);
    read(body["rarg"] as Json);
    for (const name of strings(body["usingClause"])) {
      const holders = relations.filter(({ columns }) => columns.some((column) => column.name === name));
      if (holders.length < 2)
        throw new Refused("unknown_column", `USING needs ${name.slice(0, 63)} on both sides.`);
      merged.add(name);
    }
    readExpression(body["quals"], soFar(), around);
  }

  for (const item of items) read(item);
  return soFar();
}

function readTable(body: Json, around: Surroundings): Relation {
  const name = String(body["relname"]);
  const location = locationOf(body);
  const schema = body["schemaname"];
  if (schema !== undefined && schema !== around.schema)
    throw new Refused("schema_not_allowed", "Only the chart views may be read.", { location });
  const cte = schema === undefined ? around.ctes.get(name) : undefined;
  if (cte) return aliased(body["alias"], name, cte);
  const table = around.catalogue.tables.find((candidate) => candidate.name === name);
  if (!table) throw unknownTable(name, around, location);
  const columns = table.columns.map((column) => ({ name: column.name, source: { table: name, column } }));
  return aliased(body["alias"], name, columns);
}

function unknownTable(
  name: string,
  { catalogue, ctes }: Surroundings,
  location: number | undefined,
): Refused {
  if (/^(pg_|_pg_|sql_|information_schema)/i.test(name))
    return new Refused("schema_not_allowed", "The system's own tables may not be read.", { location });
  const known = [...catalogue.tables.map((table) => table.name), ...ctes.keys()];
  const meant = meantName(name, known);
  return new Refused("unknown_table", `There is no table ${JSON.stringify(name.slice(0, 63))}.`, {
    location,
    hint:
      meant === null
        ? `There are ${catalogue.tables.map((table) => table.name).join(", ")}.`
        : `Did you mean ${meant}?`,
  });
}

/** The name and the column names that an alias gives. */
export function aliased(alias: unknown, name: string, columns: readonly ScopeColumn[]): Relation {
  if (!isObject(alias)) return { name, columns };
  return { name: String(alias["aliasname"]), columns: renamed(strings(alias["colnames"]), columns) };
}

export function renamed(names: readonly string[], columns: readonly ScopeColumn[]): ScopeColumn[] {
  return columns.map((column, i) => ({ ...column, name: names[i] ?? column.name }));
}
