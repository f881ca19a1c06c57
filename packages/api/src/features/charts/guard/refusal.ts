/** Why a statement is not run. The first group is an attack or looks like one: a model is not asked to try again. */
export const REFUSALS = {
  nul_byte: "security",
  several_statements: "security",
  statement_not_allowed: "security",
  schema_not_allowed: "security",
  function_not_allowed: "security",
  type_not_allowed: "security",
  operator_not_allowed: "security",
  column_hidden: "security",

  too_long: "repairable",
  syntax_error: "repairable",
  too_complex: "repairable",
  construct_not_allowed: "repairable",
  unknown_table: "repairable",
  unknown_column: "repairable",
  ambiguous_column: "repairable",
} as const satisfies Record<string, "security" | "repairable">;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly code: RefusalCode;
  /** What exactly, in English; names what the statement itself says and no data. */
  readonly detail: string;
  /** What would pass. */
  readonly hint: string | null;
  /** Where in the text, in characters from 0; null where it is all of it. */
  readonly position: number | null;
  readonly repairable: boolean;
}

/** Thrown inside the guard only; it leaves as a value. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly detail: string;
  readonly hint: string | null;
  /** In bytes, as the parser counts. */
  readonly location: number | null;

  constructor(
    code: RefusalCode,
    detail: string,
    options: { location?: number | undefined; hint?: string | null } = {},
  ) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    this.hint = options.hint ?? null;
    this.location = options.location ?? null;
  }
}

export function toRefusal(refused: Refused, text: string): Refusal {
  const { code, detail, hint, location } = refused;
  const position = location === null ? null : Buffer.from(text).subarray(0, location).toString().length;
  return { code, detail, hint, position, repairable: REFUSALS[code] === "repairable" };
}
