import type { CompletionRequest } from "./request.ts";
import { textOf } from "./request.ts";
import type { Reply } from "./script.ts";

/** What the model said, as both forms of the answer need it. */
export interface Said {
  readonly content: string | null;
  readonly refusal: string | null;
  readonly finish: "stop" | "length";
}

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
}

/** Honest about what it is: nobody shall take a script's silence for a model's opinion. */
const UNSCRIPTED = {
  ru:
    "Это модель демонстрации: она отвечает только на заготовленные вопросы, и этого среди них нет. " +
    "Чтобы спросить настоящую, укажите OPENAI_API_KEY.",
  en:
    "This is the scripted model of the demo: it knows prepared questions only and this is none of them. " +
    "Set OPENAI_API_KEY to ask a real one.",
};

/** @param question in whose language it is said that there is no answer */
export function say(reply: Reply | undefined, question: string): Said {
  switch (reply?.kind) {
    case undefined:
      return {
        content: null,
        refusal: /\p{Script=Cyrillic}/u.test(question) ? UNSCRIPTED.ru : UNSCRIPTED.en,
        finish: "stop",
      };
    case "json":
      return { content: JSON.stringify(reply.value), refusal: null, finish: "stop" };
    case "text":
      return { content: reply.text, refusal: null, finish: "stop" };
    case "refusal":
      return { content: null, refusal: reply.text, finish: "stop" };
    case "cut":
      return { content: reply.text, refusal: null, finish: "length" };
    case "huge":
      return { content: "x".repeat(reply.bytes), refusal: null, finish: "stop" };
  }
}

/** Four characters are a token: not the real count, but the same one for the same text. */
const tokens = (text: string) => Math.ceil(text.length / 4);

/** A prompt whose beginning was seen before is partly cached, as at the real service from 1,024 tokens on. */
export function createMeter(): (request: CompletionRequest, said: Said) => Usage {
  const seen = new Set<string>();
  return ({ messages, response_format }, { content, refusal }) => {
    const text = messages.map(textOf).join("\n") + JSON.stringify(response_format ?? "");
    const prefix = text.slice(0, 4_096);
    const cached = seen.has(prefix) && tokens(text) >= 1_024 ? 1_024 : 0;
    if (seen.size < 1_000) seen.add(prefix);
    const prompt = tokens(text);
    const completion = tokens(content ?? refusal ?? "");
    return {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      prompt_tokens_details: { cached_tokens: cached },
    };
  };
}

interface Head {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

export function toCompletion(head: Head, said: Said, usage: Usage) {
  const message = { role: "assistant", content: said.content, refusal: said.refusal };
  return {
    ...head,
    object: "chat.completion",
    choices: [{ index: 0, message, logprobs: null, finish_reason: said.finish }],
    usage,
    system_fingerprint: "fp_scripted",
  };
}

const PIECE = 24;

/** The same answer as the frames of a stream, usage last where it was asked for. */
export function* toChunks(head: Head, said: Said, usage: Usage | null) {
  const chunk = (delta: object, finish_reason: string | null) => ({
    ...head,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  });
  const [field, text] = said.refusal === null ? ["content", said.content ?? ""] : ["refusal", said.refusal];
  yield chunk({ role: "assistant", [field]: "" }, null);
  for (let from = 0; from < text.length; from += PIECE)
    yield chunk({ [field]: text.slice(from, from + PIECE) }, null);
  yield chunk({}, said.finish);
  if (usage) yield { ...head, object: "chat.completion.chunk", choices: [], usage };
}
