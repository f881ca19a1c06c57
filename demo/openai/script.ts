import * as z from "zod";

const delayMs = z.number().int().min(0).max(120_000).default(0);

/** What the model says once. */
export const Reply = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("json"), value: z.unknown(), delayMs }).describe("Structured output"),
  z.strictObject({ kind: z.literal("text"), text: z.string(), delayMs }).describe("Words, broken JSON too"),
  z.strictObject({ kind: z.literal("refusal"), text: z.string(), delayMs }),
  z.strictObject({ kind: z.literal("cut"), text: z.string(), delayMs }).describe("Ends with `length`"),
  z.strictObject({ kind: z.literal("huge"), bytes: z.number().int().max(50_000_000), delayMs }),
]);
export type Reply = z.output<typeof Reply>;

/** The replies to one question: the first, then one for every time the answer was sent back. The last one stays. */
export const Entry = z.strictObject({
  question: z.string().min(1).describe("Compared without case, punctuation at the end and doubled spaces"),
  replies: z.array(Reply).min(1),
});
export type Entry = z.output<typeof Entry>;

export const Script = z.array(Entry);

export interface ScriptBook {
  /** Newer entries win over older ones of the same question. */
  add(entries: readonly Entry[]): void;
  reset(): void;
  size(): number;
  /** @param attempt from 1 */
  find(question: string, attempt: number): Reply | undefined;
}

export function createScript(initial: readonly Entry[]): ScriptBook {
  const byQuestion = new Map<string, readonly Reply[]>();
  const add = (entries: readonly Entry[]) => {
    for (const { question, replies } of entries) byQuestion.set(normalise(question), replies);
  };
  add(initial);
  return {
    add,
    reset() {
      byQuestion.clear();
      add(initial);
    },
    size: () => byQuestion.size,
    find(question, attempt) {
      const replies = byQuestion.get(normalise(question));
      return replies?.[Math.min(attempt, replies.length) - 1];
    },
  };
}

function normalise(question: string): string {
  return question
    .normalize("NFC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\s.?!…]+$/, "");
}
