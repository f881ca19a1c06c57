import { z } from "zod";
import { toPortalTime } from "./envelope.ts";
import { PortalError, toPortalError } from "./errors.ts";
import { phpMap, phpQuery } from "./php.ts";
import type { Redactor } from "./redact.ts";
import type { Answer, BatchOutcome, Command } from "./types.ts";

export const MAX_COMMANDS = 50;

const REFERENCE = Symbol("reference");
/** What the portal takes for a reference, wherever it stands in a text. */
const LOOKS_LIKE_REFERENCE = /\$(result|error|total|next|time)/i;

export interface Reference {
  [REFERENCE]: string;
}

/** A value that the portal fills in from an earlier command: `reference("deal", "ID")` is `$result[deal][ID]`. */
export const reference = (command: string, ...path: readonly (string | number)[]): Reference => ({
  [REFERENCE]: `$result${[command, ...path].map((step) => `[${step}]`).join("")}`,
});

class UnsafeText extends Error {}

function plain(text: string): string {
  if (LOOKS_LIKE_REFERENCE.test(text)) throw new UnsafeText();
  return text;
}

/** Puts references in as text; refuses texts of others that the portal would mistake for one. */
function resolve(value: unknown): unknown {
  if (typeof value === "string") return plain(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (REFERENCE in value) return (value as Reference)[REFERENCE];
  if (Array.isArray(value)) return value.map(resolve);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [plain(name), resolve(item)]));
}

export const toCommandText = ({ method, params = {} }: Command): string => {
  const query = phpQuery(resolve(params) as Record<string, unknown>);
  return query === "" ? method : `${method}?${query}`;
};

export interface EncodedBatch {
  cmd: Record<string, string>;
  /** Commands that cannot travel in a batch: their text would be changed by the portal. */
  refused: Record<string, BatchOutcome>;
}

/** @throws RangeError for more commands than one request carries */
export function encodeBatch(commands: Readonly<Record<string, Command>>): EncodedBatch {
  const names = Object.keys(commands);
  if (names.length === 0 || names.length > MAX_COMMANDS) {
    throw new RangeError(`A batch carries 1 to ${MAX_COMMANDS} commands, not ${names.length}`);
  }
  const encoded: EncodedBatch = { cmd: {}, refused: {} };
  for (const [name, command] of Object.entries(commands)) {
    try {
      encoded.cmd[name] = toCommandText(command);
    } catch (error) {
      if (!(error instanceof UnsafeText)) throw error;
      const detail = `${command.method}: a text with "$result", "$error", "$total", "$next" or "$time" cannot travel in a batch; use call() or reference()`;
      const refusal = new PortalError({
        code: "invalid_parameter",
        method: command.method,
        outcome: "refused",
        detail,
      });
      encoded.refused[name] = { ok: false, error: refusal, skipped: true };
    }
  }
  return encoded;
}

const BatchResult = z.object({
  result: z.unknown(),
  result_error: z.unknown().optional(),
  result_total: z.unknown().optional(),
  result_next: z.unknown().optional(),
  result_time: z.unknown().optional(),
});

/** Takes a batch's answer apart, command by command. @throws PortalError `portal_answer_invalid` */
export function decodeBatch(
  answer: Answer<unknown>,
  commands: Readonly<Record<string, Command>>,
  options: { halt: boolean; redact: Redactor },
): Record<string, BatchOutcome> {
  const parsed = BatchResult.safeParse(answer.result);
  const results = parsed.success ? phpMap(parsed.data.result ?? []) : null;
  if (!parsed.success || !results) {
    const detail = "batch: the result has no map of results";
    throw new PortalError({ code: "portal_answer_invalid", method: "batch", outcome: "unknown", detail });
  }
  const map = (value: unknown) => phpMap(value ?? []) ?? {};
  const errors = map(parsed.data.result_error);
  const totals = map(parsed.data.result_total);
  const nexts = map(parsed.data.result_next);
  const times = map(parsed.data.result_time);

  const outcome = (name: string, method: string): BatchOutcome => {
    // An entry is an error whatever its code: classic methods send an empty one.
    if (Object.hasOwn(errors, name)) {
      const { error, error_description: description } = (phpMap(errors[name]) ?? {}) as Record<
        string,
        unknown
      >;
      return {
        ok: false,
        skipped: false,
        error: toPortalError({ method, status: 200, error, description }, options.redact),
      };
    }
    if (!Object.hasOwn(results, name))
      return { ok: false, skipped: options.halt, error: missing(method, options.halt) };
    return {
      ok: true,
      result: results[name],
      time: toPortalTime(times[name]),
      ...(typeof totals[name] === "number" ? { total: totals[name] } : {}),
      ...(typeof nexts[name] === "number" ? { next: nexts[name] } : {}),
    };
  };
  return Object.fromEntries(
    Object.entries(commands).map(([name, { method }]) => [name, outcome(name, method)]),
  );
}

const missing = (method: string, halted: boolean) =>
  halted
    ? new PortalError({
        code: "portal_error",
        method,
        outcome: "refused",
        detail: `${method}: not run, an earlier command failed`,
      })
    : new PortalError({
        code: "portal_answer_invalid",
        method,
        outcome: "unknown",
        detail: `${method}: the batch's answer lacks this command`,
      });
