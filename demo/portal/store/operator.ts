/** What a key of a `filter` asks for. */
export type Operator =
  | "="
  | "!="
  | ">"
  | ">="
  | "<"
  | "<="
  | "in"
  | "not in"
  | "contains"
  | "not contains"
  | "like"
  | "not like";

const PREFIXES: readonly (readonly [string, Operator])[] = [
  ["!=%", "not like"],
  ["!%=", "not like"],
  ["!%", "not contains"],
  ["!@", "not in"],
  ["!=", "!="],
  [">=", ">="],
  ["<=", "<="],
  ["=%", "like"],
  ["%=", "like"],
  ["!", "!="],
  [">", ">"],
  ["<", "<"],
  ["@", "in"],
  ["%", "contains"],
  ["=", "="],
];

/** Splits `">=DATE_MODIFY"` into its operator and its field. */
export function readOperator(key: string): { operator: Operator; name: string } {
  for (const [prefix, operator] of PREFIXES) {
    if (key.startsWith(prefix)) return { operator, name: key.slice(prefix.length) };
  }
  return { operator: "=", name: key };
}
