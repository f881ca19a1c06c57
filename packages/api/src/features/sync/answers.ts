import { z } from "zod";
import { PortalError } from "../../platform/bitrix/errors.ts";
import type { BatchOutcome } from "../../platform/bitrix/types.ts";

/** What a command of a batch answered. @throws PortalError where it failed or did not come */
export function need(outcomes: Record<string, BatchOutcome>, key: string): unknown {
  const outcome = outcomes[key];
  if (outcome === undefined) throw invalid("batch", `the answer to "${key}" is missing`);
  if (!outcome.ok) throw outcome.error;
  return outcome.result;
}

/** Reads an answer; one that has another shape is the portal's fault, not ours. @throws PortalError */
export function understand<T>(method: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const issue = error.issues[0];
    throw invalid(method, `${issue?.path.join(".")}: ${issue?.message}`);
  }
}

export function invalid(method: string, reason: string): PortalError {
  return new PortalError({ code: "portal_answer_invalid", method, detail: `${method}: ${reason}` });
}
