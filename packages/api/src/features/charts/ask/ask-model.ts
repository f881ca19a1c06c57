import type { SharingLevel } from "@b24kit/client/contract";
import { type Ai, addTokens, type Message, NO_TOKENS, type Tokens } from "../../../platform/ai/ai.ts";
import { ModelAnswer } from "./model-answer.ts";
import { writeRepair } from "./prompt.ts";

/** What became of an answer of the model when it was checked. */
export type Check<T> =
  | { readonly ok: true; readonly value: T }
  /** @property security: an attack or what looks like one; the model is not asked again */
  | { readonly ok: false; readonly code: string; readonly fault: string; readonly security: boolean };

export interface ModelTurn<T> {
  readonly portalId: number;
  readonly messages: readonly Message[];
  readonly sharing: SharingLevel;
  readonly signal: AbortSignal;
  /** Compiles a plan, or lets the guard look at SQL, and runs it. */
  check(answer: ModelAnswer): Promise<Check<T>>;
  onRepair(): void;
}

export type ModelOutcome<T> =
  | { readonly kind: "accepted"; readonly value: T }
  | { readonly kind: "declined"; readonly answer: ModelAnswer }
  | { readonly kind: "unsafe" }
  | { readonly kind: "failed" };

export interface ModelSpent {
  readonly tokens: Tokens;
  readonly cost: number | null;
  readonly attempts: number;
  readonly faults: readonly string[];
}

const MAX_REPAIRS = 2;

/**
 * One question to the model: an answer that passes the check, its own no, or nothing after two repairs.
 * `spent` is kept up to date, so that what was spent is known when a call fails too.
 * @throws AppError as `Ai.ask`
 */
export async function askModel<T>(
  ai: Ai,
  turn: ModelTurn<T>,
  spent: { current: ModelSpent },
): Promise<ModelOutcome<T>> {
  let messages = turn.messages;
  for (let repairs = 0; ; repairs++) {
    const { portalId, signal } = turn;
    const request = {
      portalId,
      purpose: "charts.ask",
      messages,
      schema: ModelAnswer,
      schemaName: "chart_answer",
      signal,
    };
    const { said, tokens, cost } = await ai.ask(request);
    spent.current = addCall(spent.current, tokens, cost);
    if (said.kind === "refusal") return { kind: "declined", answer: { ...NOTHING, text: said.text } };
    const verdict = said.kind === "invalid" ? notAsAsked<T>(said.fault) : await judge(turn, said.value);
    if (verdict === "declined") return { kind: "declined", answer: (said as { value: ModelAnswer }).value };
    if (verdict.ok) return { kind: "accepted", value: verdict.value };
    spent.current = {
      ...spent.current,
      faults: [...spent.current.faults, `${verdict.code}: ${verdict.fault}`.slice(0, 500)],
    };
    if (verdict.security) return { kind: "unsafe" };
    if (repairs === MAX_REPAIRS) return { kind: "failed" };
    turn.onRepair();
    messages = [...turn.messages, ...writeRepair(said.text, withoutValues(verdict.fault, turn.sharing))];
  }
}

const NOTHING: ModelAnswer = {
  ...{ kind: "refuse", plan: null, sql: null, form: null, title: null, reason: null, text: null },
};

const notAsAsked = <T>(fault: string): Check<T> => ({
  ok: false,
  code: "answer_invalid",
  fault,
  security: false,
});

async function judge<T>(turn: ModelTurn<T>, answer: ModelAnswer): Promise<Check<T> | "declined"> {
  if (answer.kind === "clarify" || answer.kind === "refuse") return "declined";
  if (answer[answer.kind] === null) return notAsAsked(`kind is ${answer.kind}, and ${answer.kind} is null`);
  return turn.check(answer);
}

function addCall(spent: ModelSpent, tokens: Tokens, cost: number | null): ModelSpent {
  const priced = spent.cost === null || cost === null ? null : spent.cost + cost;
  return { ...spent, tokens: addTokens(spent.tokens, tokens), cost: priced, attempts: spent.attempts + 1 };
}

export const NOTHING_SPENT: ModelSpent = { tokens: NO_TOKENS, cost: 0, attempts: 0, faults: [] };

/** Below `values` the model may not learn the portal's values from our help either. */
function withoutValues(fault: string, sharing: SharingLevel): string {
  if (sharing === "values" || sharing === "aggregates") return fault;
  return fault.replace(/^((?:unknown_value|bad_value)[^\n]*?); did you mean [^\n]*$/gm, "$1");
}
