import { asNode, isObject, type Json, locationOf } from "./node.ts";
import { Refused } from "./refusal.ts";
import { type Content, IS_STATEMENT, MAY_HOLD_NOTHING, SHAPES } from "./shapes.ts";

const MAX_DEPTH = 60;
const MAX_NODES = 3_000;

export interface Seen {
  readonly kind: string;
  readonly body: Json;
}

/**
 * Walks a statement through the list of what may be in one: kinds, properties, and what they hold. Returns all its
 * nodes, each before what it holds.
 * @throws Refused at the first thing that is not on the list
 */
export function checkShape(statement: Json): Seen[] {
  const nodes: Seen[] = [];

  function visitBody(kind: string, body: Json, depth: number): void {
    nodes.push({ kind, body });
    if (depth > MAX_DEPTH)
      throw new Refused("too_complex", `The statement is nested deeper than ${MAX_DEPTH}.`);
    if (nodes.length > MAX_NODES)
      throw new Refused("too_complex", `The statement has more than ${MAX_NODES} parts.`);
    const shape = Object.hasOwn(SHAPES, kind) ? SHAPES[kind]! : null;
    if (shape === null) throw notAllowed(kind, body);
    for (const [name, value] of Object.entries(body)) {
      const content = Object.hasOwn(shape, name) ? shape[name]! : null;
      if (content === null) throw notAllowed(`${kind}.${name}`, body);
      visitContent(content, value, { kind, name, body, depth });
    }
  }

  function visitContent(content: Content, value: unknown, at: Place): void {
    if (content === "node") visitNode(value, at);
    else if (content === "nodes") for (const item of asList(value, at)) visitNode(item, at);
    else if (content === "scalar") requireScalar(value, at);
    else if ("oneOf" in content) requireOneOf(content.oneOf, value, at);
    else if (isObject(value)) visitBody(content.inline, value, at.depth + 1);
    else throw notAllowed(`${at.kind}.${at.name}`, at.body);
  }

  function visitNode(value: unknown, at: Place): void {
    const node = asNode(value);
    if (node) {
      visitBody(node.kind, node.body, at.depth + 1);
      return;
    }
    const isNothing = isObject(value) && Object.keys(value).length === 0;
    if (!isNothing || !MAY_HOLD_NOTHING.has(`${at.kind}.${at.name}`))
      throw notAllowed(`${at.kind}.${at.name}`, at.body);
  }

  visitBody("SelectStmt", statement, 0);
  return nodes;
}

interface Place {
  readonly kind: string;
  readonly name: string;
  readonly body: Json;
  readonly depth: number;
}

function asList(value: unknown, at: Place): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw notAllowed(`${at.kind}.${at.name}`, at.body);
}

function requireScalar(value: unknown, at: Place): void {
  if (typeof value === "object" || typeof value === "undefined")
    throw notAllowed(`${at.kind}.${at.name}`, at.body);
}

function requireOneOf(texts: readonly string[], value: unknown, at: Place): void {
  if (typeof value !== "string" || !texts.includes(value))
    throw notAllowed(`${at.kind}.${at.name}=${String(value).slice(0, 40)}`, at.body);
}

/** What writes, locks or speaks for somebody is an attack; what is merely not needed can be said otherwise. */
const HOSTILE =
  /^(SelectStmt\.(intoClause|lockingClause)|RangeVar\.catalogname|RangeVar\.relpersistence|SQLValueFunction|FuncCall\.func_variadic|RangeTableFunc|RangeTableSample|Xml|JsonTable|TypeName|CurrentOf|SetToDefault)/;

function notAllowed(what: string, body: Json): Refused {
  const location = locationOf(body);
  if (IS_STATEMENT.test(what))
    return new Refused("statement_not_allowed", `${what} is not a plain SELECT.`, { location });
  if (HOSTILE.test(what))
    return new Refused("statement_not_allowed", `${what} may not be used.`, { location });
  return new Refused("construct_not_allowed", `${what} may not be used.`, {
    location,
    hint: otherwise(what),
  });
}

const WAYS: readonly (readonly [RegExp, string])[] = [
  [/recursive/, "Write it without WITH RECURSIVE."],
  [/isNatural/, "Join with ON or USING."],
  [/ParamRef/, "Write the value into the statement."],
  [/RowExpr/, "Compare the columns one by one."],
  [/limitOption/, "Use LIMIT without WITH TIES."],
  [/A_Indirection/, "Use unnest(…) in FROM for the elements of a list."],
  [/CollateClause/, "Leave COLLATE out."],
  [/ARRAY_SUBLINK/, "Use IN (SELECT …) or a join."],
];

function otherwise(what: string): string | null {
  return WAYS.find(([pattern]) => pattern.test(what))?.[1] ?? null;
}
