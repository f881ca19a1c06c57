/** Ways to write the same statement so that whoever reads texts and not trees is deceived. */
export interface Disguise {
  readonly name: string;
  /** Null where a statement cannot be written so. */
  readonly apply: (statement: string) => string | null;
}

/** Literals, quoted names and dollar quotes stay as they are; `change` sees what is between them. */
function between(statement: string, change: (code: string) => string): string {
  return statement
    .split(/('(?:[^']|'')*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$)/)
    .map((part, i) => (i % 2 === 0 ? change(part) : part))
    .join("");
}

const isQuery = (statement: string) => /^(SELECT|WITH|TABLE)\b/.test(statement) && !statement.includes(";");

/** A function or table of the system, in any of the ways in which its name may be written. */
const named =
  /\b((?:pg|lo|query|set|txid|database|schema|table|ts|dblink)_\w+|dblink|version|nextval|setval|repeat)\b(?=\s*\()/g;

export const DISGUISES: readonly Disguise[] = [
  { name: "as it is", apply: (statement) => statement },
  { name: "in capitals", apply: (statement) => between(statement, (code) => code.toUpperCase()) },
  {
    name: "in letters of changing size",
    apply: (statement) =>
      between(statement, (code) =>
        [...code].map((c, i) => (i % 2 ? c.toLowerCase() : c.toUpperCase())).join(""),
      ),
  },
  {
    name: "with comments for spaces",
    apply: (statement) => between(statement, (code) => code.replaceAll(" ", "/**/ ")),
  },
  {
    name: "with nested comments and lines",
    apply: (statement) =>
      `/* SELECT /* id */ FROM deals */${between(statement, (code) => code.replace(" ", " -- deals\n"))}`,
  },
  { name: "behind a harmless end", apply: (statement) => `${statement} -- ; SELECT id FROM deals` },
  {
    name: "with tabs and form feeds",
    apply: (statement) => between(statement, (code) => code.replaceAll(" ", "\t\f\r\n")),
  },
  {
    name: "with quoted names",
    apply: (statement) => (statement.search(named) >= 0 ? statement.replace(named, '"$1"') : null),
  },
  {
    name: "with names in unicode escapes",
    apply: (statement) =>
      statement.search(named) >= 0
        ? statement.replace(
            named,
            (name) => `U&"\\${name.charCodeAt(0).toString(16).padStart(4, "0")}${name.slice(1)}"`,
          )
        : null,
  },
  {
    name: "of the system's schema",
    apply: (statement) => (statement.search(named) >= 0 ? statement.replace(named, "pg_catalog.$1") : null),
  },
  {
    name: "inside a subquery",
    apply: (statement) => (isQuery(statement) ? `SELECT * FROM (${statement}) AS x` : null),
  },
  {
    name: "inside a common table",
    apply: (statement) =>
      isQuery(statement) ? `WITH x AS MATERIALIZED (${statement}) SELECT count(*) FROM x` : null,
  },
  {
    name: "inside a condition",
    apply: (statement) => (isQuery(statement) ? `SELECT id FROM deals WHERE EXISTS (${statement})` : null),
  },
  {
    name: "inside a union",
    apply: (statement) => (isQuery(statement) ? `(SELECT NULL) UNION ALL (${statement})` : null),
  },
  {
    name: "behind another statement",
    apply: (statement) => `SELECT id FROM deals; ${statement}`,
  },
];

/** Every statement in every disguise that it can wear. */
export function disguised(statements: readonly string[]): { readonly name: string; readonly text: string }[] {
  return statements.flatMap((statement) =>
    DISGUISES.flatMap(({ name, apply }) => {
      const text = apply(statement);
      return text === null ? [] : [{ name, text }];
    }),
  );
}
