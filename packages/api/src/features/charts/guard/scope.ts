import type { CatalogueColumn } from "@b24kit/client/contract";
import { meantName } from "../nearest.ts";
import type { Json } from "./node.ts";
import { Refused } from "./refusal.ts";

/** A column that a statement may name: of a chart view, or made by the statement itself (`source` null). */
export interface ScopeColumn {
  readonly name: string;
  readonly source: { readonly table: string; readonly column: CatalogueColumn } | null;
  /** What made it, where the statement did. */
  readonly expression?: Json | null;
}

/** Something in FROM. */
export interface Relation {
  readonly name: string;
  readonly columns: readonly ScopeColumn[];
}

/** What names mean at one place: the relations of the SELECT, then those of the SELECT around it. */
export interface Scope {
  readonly relations: readonly Relation[];
  readonly outer: Scope | null;
  /** Columns that USING made one of two. */
  readonly merged?: ReadonlySet<string>;
}

/** @throws Refused unknown_column, ambiguous_column, unknown_table */
export function resolveColumn(
  scope: Scope,
  path: readonly string[],
  location: number | undefined,
): ScopeColumn {
  const [first = "", second] = path;
  if (path.length > 2)
    throw new Refused("schema_not_allowed", "A column is named by its table alone.", { location });
  return second === undefined
    ? resolveBare(scope, first, location)
    : resolveQualified(scope, first, second, location);
}

function resolveBare(scope: Scope, name: string, location: number | undefined): ScopeColumn {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.relations.flatMap(({ columns }) => columns.filter((column) => column.name === name));
    const [only] = found;
    if (found.length > 1 && !at.merged?.has(name))
      throw new Refused("ambiguous_column", `${name} is in several tables.`, {
        location,
        hint: "Write the table's name in front of it.",
      });
    if (only) return only;
  }
  throw unknownColumn(scope, name, location);
}

function resolveQualified(
  scope: Scope,
  relation: string,
  name: string,
  location: number | undefined,
): ScopeColumn {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.relations.find((candidate) => candidate.name === relation);
    if (!found) continue;
    const column = found.columns.find((candidate) => candidate.name === name);
    if (column) return column;
    throw unknownColumn({ relations: [found], outer: null }, name, location);
  }
  throw new Refused(
    "unknown_table",
    `No table or alias is called ${JSON.stringify(relation.slice(0, 63))} here.`,
    {
      location,
    },
  );
}

/** Columns that PostgreSQL gives every table; asking for one is no misspelling. */
const SYSTEM_COLUMNS = new Set(["ctid", "oid", "tableoid", "xmin", "xmax", "cmin", "cmax"]);

function unknownColumn(scope: Scope, name: string, location: number | undefined): Refused {
  if (SYSTEM_COLUMNS.has(name))
    return new Refused("column_hidden", `The system column ${name} may not be read.`, { location });
  const known: ScopeColumn[] = [];
  for (let at: Scope | null = scope; at !== null; at = at.outer)
    known.push(...at.relations.flatMap(({ columns }) => columns));
  const meant = meantColumn(name, known);
  return new Refused("unknown_column", `There is no column ${JSON.stringify(name.slice(0, 63))}.`, {
    location,
    hint: meant === null ? null : `Did you mean ${meant}?`,
  });
}

/** Whoever knows the portal writes its field's name; others misspell ours. */
function meantColumn(name: string, known: readonly ScopeColumn[]): string | null {
  const ofField = known.find(({ source }) => source?.column.field?.toLowerCase() === name);
  return ofField?.name ?? meantName(name, new Set(known.map((column) => column.name)));
}
