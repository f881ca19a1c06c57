import type { ColumnInfo } from "../../../platform/arrow/column-plan.ts";
import { checkShape } from "./check-shape.ts";
import { checkWords } from "./check-words.ts";
import { describeOutputs } from "./describe-outputs.ts";
import { loadParser, parseSelect } from "./parse.ts";
import { type Refusal, Refused, toRefusal } from "./refusal.ts";
import { resolveNames } from "./resolve-names.ts";
import type { Readable } from "./select-scope.ts";

export type { Refusal } from "./refusal.ts";
export type { Readable } from "./select-scope.ts";

/** A statement that may be run: the text as it came, since nothing is to be lost between check and execution. */
export interface Accepted {
  readonly ok: true;
  readonly text: string;
  readonly columns: readonly ColumnInfo[];
  /** Names of all columns of the result, those without a description too. */
  readonly names: readonly string[];
  /** The chart views that it reads. */
  readonly tables: readonly string[];
}

export type Verdict = Accepted | { readonly ok: false; readonly refusal: Refusal };

/**
 * Whether a text is one harmless SELECT over the chart views: default-deny from PostgreSQL's own parse tree up. The
 * parser has to be loaded (`loadGuard`).
 */
export function checkSql(text: string, readable: Readable): Verdict {
  try {
    const select = parseSelect(text);
    checkWords(checkShape(select));
    const resolved = resolveNames(select, readable);
    const names = resolved.outputs.map(({ name }) => name);
    return { ok: true, text, columns: describeOutputs(resolved), names, tables: resolved.tables };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: toRefusal(error, text) };
    throw error;
  }
}

export const loadGuard = loadParser;
