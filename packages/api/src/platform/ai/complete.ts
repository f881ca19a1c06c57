import type OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import type { z } from "zod";
import { AppError } from "../http/app-error.ts";
import type { Tokens } from "./prices.ts";

export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface CompletionRequest<T> {
  readonly model: string;
  readonly messages: readonly Message[];
  /** What the answer must be: everything required, absent is null. */
  readonly schema: z.ZodType<T>;
  readonly schemaName: string;
  readonly maxTokens: number;
  readonly signal: AbortSignal;
}

/** The model's answer: as asked, or its own words that it will not. */
export type Said<T> =
  | { readonly kind: "answer"; readonly value: T; readonly text: string }
  | { readonly kind: "refusal"; readonly text: string }
  /** Not what was asked for; `fault` may be told to the model. */
  | { readonly kind: "invalid"; readonly text: string; readonly fault: string };

/** Longer words of the model are nonsense, and are not read through. */
const MAX_ANSWER = 100_000;
const QUOTED = 4_000;

/** One call for a strictly structured answer. @throws what the client throws */
export async function complete<T>(
  openai: OpenAI,
  request: CompletionRequest<T>,
): Promise<{ said: Said<T>; tokens: Tokens }> {
  const { model, messages, schema, schemaName, maxTokens, signal } = request;
  const completion = await openai.chat.completions.create(
    {
      model,
      messages: [...messages],
      response_format: zodResponseFormat(schema, schemaName),
      max_completion_tokens: maxTokens,
      temperature: 0,
    },
    { signal },
  );
  const choice = completion.choices?.[0];
  if (!choice) throw new AppError("ai_unavailable", "What answered does not speak as a model's service.");
  const { usage } = completion;
  return {
    said: read(schema, choice),
    tokens: {
      prompt: usage?.prompt_tokens ?? 0,
      cached: usage?.prompt_tokens_details?.cached_tokens ?? 0,
      completion: usage?.completion_tokens ?? 0,
    },
  };
}

function read<T>(schema: z.ZodType<T>, { message, finish_reason }: OpenAI.ChatCompletion.Choice): Said<T> {
  if (message.refusal) return { kind: "refusal", text: message.refusal.slice(0, QUOTED) };
  if (finish_reason === "content_filter") return { kind: "refusal", text: "" };
  const text = message.content ?? "";
  const invalid = (fault: string): Said<T> => ({ kind: "invalid", text: text.slice(0, QUOTED), fault });
  if (text.length > MAX_ANSWER) return invalid("The answer is too long.");
  if (finish_reason === "length") return invalid("The answer was cut off: make it shorter.");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return invalid("The answer is not JSON.");
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: "answer", value: parsed.data, text };
  const [issue] = parsed.error.issues;
  return invalid(`${issue?.path.join(".")}: ${issue?.message}`.slice(0, 300));
}
