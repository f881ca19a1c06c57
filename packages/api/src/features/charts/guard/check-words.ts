import { meantName } from "../nearest.ts";
import type { Seen } from "./check-shape.ts";
import { FUNCTIONS, JOINING_FUNCTIONS, OPERATORS, ROW_FUNCTIONS, TYPES } from "./functions.ts";
import { asNode, type Json, list, locationOf, strings } from "./node.ts";
import { type RefusalCode, Refused } from "./refusal.ts";

/** Texts joined in one statement: what doubles a text must not stand behind itself often. */
const MAX_JOINED = 16;
const MAX_RELATIONS = 8;
const MAX_ROW_FUNCTIONS = 2;

/** Functions, operators and types of a statement against their lists. @throws Refused */
export function checkWords(nodes: readonly Seen[]): void {
  const inFrom = rowFunctionCalls(nodes);
  for (const { kind, body } of nodes) {
    if (kind === "FuncCall") checkFunction(body, inFrom);
    else if (kind === "A_Expr") checkOperator(strings(body["name"]), body);
    else if (kind === "SubLink" && body["operName"]) checkOperator(strings(body["operName"]), body);
    else if (kind === "TypeName") checkType(body);
  }
  const count = (of: (seen: Seen) => number) => nodes.reduce((sum, seen) => sum + of(seen), 0);
  requireAtMost(MAX_JOINED, count(joinedTexts), "texts joined");
  requireAtMost(
    MAX_RELATIONS,
    count(({ kind }) => Number(kind === "RangeVar")),
    "tables",
  );
  requireAtMost(
    MAX_ROW_FUNCTIONS,
    count(({ kind }) => Number(kind === "RangeFunction")),
    "functions in FROM",
  );
}

function requireAtMost(most: number, found: number, what: string): void {
  if (found > most)
    throw new Refused("too_complex", `The statement has ${found} ${what}; ${most} are allowed.`);
}

function checkFunction(body: Json, inFrom: ReadonlySet<Json>): void {
  const name = plainName(strings(body["funcname"]), "function_not_allowed", body);
  if (FUNCTIONS.has(name) || (ROW_FUNCTIONS.has(name) && inFrom.has(body))) return;
  const hint = ROW_FUNCTIONS.has(name) ? "It may stand in FROM only." : didYouMean(name, FUNCTIONS);
  throw new Refused("function_not_allowed", `The function ${shown(name)} may not be used.`, {
    location: locationOf(body),
    hint,
  });
}

/** The calls that stand directly in FROM. */
function rowFunctionCalls(nodes: readonly Seen[]): Set<Json> {
  const calls = new Set<Json>();
  for (const { kind, body } of nodes) {
    if (kind !== "RangeFunction") continue;
    for (const entry of list(body["functions"])) {
      const [call] = list(asNode(entry)?.body["items"]);
      const node = asNode(call);
      const [name] = strings(node?.body["funcname"]);
      if (node?.kind !== "FuncCall" || !ROW_FUNCTIONS.has(name ?? ""))
        throw new Refused(
          "function_not_allowed",
          `The function ${shown(name ?? "")} may not stand in FROM.`,
          {
            location: node ? locationOf(node.body) : undefined,
          },
        );
      calls.add(node.body);
    }
  }
  return calls;
}

function checkOperator(names: readonly string[], body: Json): void {
  if (/BETWEEN/.test(String(body["kind"]))) return;
  const name = plainName(names, "operator_not_allowed", body);
  if (OPERATORS.has(name)) return;
  throw new Refused("operator_not_allowed", `The operator ${shown(name)} may not be used.`, {
    location: locationOf(body),
  });
}

function checkType(body: Json): void {
  const name = plainName(strings(body["names"]), "type_not_allowed", body);
  if (TYPES.has(name)) return;
  throw new Refused("type_not_allowed", `The type ${shown(name)} may not be used.`, {
    location: locationOf(body),
    hint: didYouMean(name, TYPES),
  });
}

/** A name without schema, or of pg_catalog, which is where it would be looked for anyway. */
function plainName(names: readonly string[], code: RefusalCode, body: Json): string {
  const [first = "", second, ...rest] = names;
  if (second === undefined) return first;
  if (first === "pg_catalog" && rest.length === 0) return second;
  throw new Refused(code, `${shown(names.join("."))} may not be used.`, { location: locationOf(body) });
}

function joinedTexts({ kind, body }: Seen): number {
  if (kind === "A_Expr") return strings(body["name"])[0] === "||" ? 2 : 0;
  if (kind !== "FuncCall") return 0;
  return JOINING_FUNCTIONS.has(strings(body["funcname"]).at(-1) ?? "") ? list(body["args"]).length : 0;
}

function didYouMean(name: string, among: Iterable<string>): string | null {
  const found = meantName(name, among);
  return found === null ? null : `Did you mean ${found}?`;
}

/** A name of the statement's own, in a message: never long, never with a line break. */
function shown(name: string): string {
  return `"${name.replace(/[^\p{L}\p{N}_.$<>=!~*/+%|&^#@?-]/gu, " ").slice(0, 63)}"`;
}
