import { loadModule, parseSync } from "libpg-query";
import { asNode, type Json, list } from "./node.ts";
import { Refused } from "./refusal.ts";

/** Beyond this a statement is no question; a parser's time grows with the text. */
const MAX_BYTES = 8 * 1024;

let loading: Promise<void> | undefined;

/** The parser is PostgreSQL's own, as WebAssembly; it is loaded once. */
export function loadParser(): Promise<void> {
  loading ??= loadModule();
  return loading;
}

/**
 * The one SELECT that a text is.
 * @throws Refused nul_byte, too_long, syntax_error, several_statements, statement_not_allowed
 */
export function parseSelect(text: string): Json {
  // The parser would read up to a NUL and see nothing of what follows.
  if (text.includes("\0")) throw new Refused("nul_byte", "The statement contains a NUL character.");
  if (Buffer.byteLength(text) > MAX_BYTES)
    throw new Refused("too_long", `The statement is longer than ${MAX_BYTES} bytes.`);
  const statements = list((parse(text) as Json)["stmts"]);
  if (statements.length > 1) throw new Refused("several_statements", "Only one statement may be sent.");
  const statement = asNode(statements[0]?.["stmt"]);
  if (statement === null) throw new Refused("syntax_error", "There is no statement.");
  if (statement.kind !== "SelectStmt")
    throw new Refused(
      "statement_not_allowed",
      `Only SELECT may be used, not ${statement.kind.replace(/Stmt$/, "")}.`,
    );
  return statement.body;
}

interface ParserError {
  readonly sqlDetails?: { readonly message?: string; readonly cursorPosition?: number };
}

function parse(text: string): unknown {
  try {
    return parseSync(text);
  } catch (error) {
    const { message = "It cannot be read", cursorPosition } = (error as ParserError).sqlDetails ?? {};
    // Its position is in characters, ours is told in bytes as everywhere else.
    const location =
      cursorPosition === undefined
        ? undefined
        : Buffer.byteLength([...text].slice(0, cursorPosition).join(""));
    throw new Refused("syntax_error", `${message.slice(0, 200)}.`, { location });
  }
}
