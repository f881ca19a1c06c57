import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { createMeter, type Said, say, type Usage } from "./completion.ts";
import { createFaults } from "./faults.ts";
import { refuse } from "./refusal.ts";
import { type CompletionRequest, questionOf, readRequest } from "./request.ts";
import { createScript, type Entry } from "./script.ts";

/** Names it answers to: the default of OPENAI_MODEL, and its own. */
export const MODELS = ["gpt-4o-mini", "b24kit-scripted"];

/** What was asked lately, for tests that want to see what the model saw. */
const KEEP_REQUESTS = 100;

export interface Answered {
  readonly request: CompletionRequest;
  readonly said: Said;
  readonly usage: Usage;
  readonly head: { readonly id: string; readonly created: number; readonly model: string };
}

/** The connection is cut instead of an answer. */
export class Dropped extends Error {}

/** The scripted model without HTTP. */
export function createModel(initial: readonly Entry[]) {
  const script = createScript(initial);
  const faults = createFaults();
  let meter = createMeter();
  let requests: unknown[] = [];
  let stats = {
    requests: 0,
    answered: 0,
    unscripted: 0,
    refused: 0,
    faultsMade: 0,
    promptTokens: 0,
    completionTokens: 0,
  };
  const zero = { ...stats };

  async function suffer(question: string, signal: AbortSignal): Promise<void> {
    const fault = faults.strike(question);
    if (!fault) return;
    stats.faultsMade++;
    if (fault.delayMs > 0) await delay(fault.delayMs, undefined, { signal });
    if (fault.effect === "drop") throw new Dropped();
    if (fault.effect === "delay") return;
    const headers = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
    refuse(
      fault.status,
      { message: "A scripted fault.", code: fault.code ?? null },
      headers as Record<string, string>,
    );
  }

  return {
    script,
    faults,
    requests: () => requests,
    stats: () => ({ ...stats, scripted: script.size() }),
    reset() {
      script.reset();
      faults.clear();
      meter = createMeter();
      requests = [];
      stats = { ...zero };
    },
    /** @throws Refusal, Dropped */
    async complete(body: unknown, signal: AbortSignal): Promise<Answered> {
      stats.requests++;
      try {
        const request = readRequest(body);
        requests = [...requests, body].slice(-KEEP_REQUESTS);
        if (!MODELS.includes(request.model))
          refuse(404, { message: `The model '${request.model}' does not exist.`, code: "model_not_found" });
        const { question, attempt } = questionOf(request.messages);
        await suffer(question, signal);
        const reply = script.find(question, attempt);
        if (!reply) stats.unscripted++;
        if (reply?.delayMs) await delay(reply.delayMs, undefined, { signal });
        const said = say(reply, question);
        const usage = meter(request, said);
        stats.answered++;
        stats.promptTokens += usage.prompt_tokens;
        stats.completionTokens += usage.completion_tokens;
        const head = {
          id: `chatcmpl-${randomUUID()}`,
          created: Math.floor(Date.now() / 1_000),
          model: request.model,
        };
        return { request, said, usage, head };
      } catch (error) {
        stats.refused++;
        throw error;
      }
    },
  };
}

export type Model = ReturnType<typeof createModel>;
