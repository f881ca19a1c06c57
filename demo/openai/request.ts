import * as z from "zod";
import { refuse } from "./refusal.ts";

const Part = z.looseObject({ type: z.string(), text: z.string().optional() });
const Message = z.looseObject({
  role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
  content: z.union([z.string(), z.array(Part)]).nullish(),
});
export type Message = z.output<typeof Message>;

const ResponseFormat = z.union([
  z.looseObject({ type: z.enum(["text", "json_object"]) }),
  z.looseObject({
    type: z.literal("json_schema"),
    json_schema: z.looseObject({
      name: z.string().regex(/^[\w-]{1,64}$/),
      strict: z.boolean().nullish(),
      schema: z.record(z.string(), z.unknown()),
    }),
  }),
]);

/** What of a request for a completion the scripted model reads; the rest is let through, as the real service does. */
export const CompletionRequest = z.looseObject({
  model: z.string(),
  messages: z.array(Message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  response_format: ResponseFormat.optional(),
  max_tokens: z.number().int().positive().nullish(),
  max_completion_tokens: z.number().int().positive().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
});
export type CompletionRequest = z.output<typeof CompletionRequest>;

export function readRequest(body: unknown): CompletionRequest {
  const parsed = CompletionRequest.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const param = issue?.path.join(".") ?? null;
    return refuse(400, { message: `Invalid value for '${param}': ${issue?.message}`, param });
  }
  const format = parsed.data.response_format;
  if (format?.type === "json_schema") {
    const { name, strict, schema } = (
      format as { json_schema: { name: string; strict?: boolean; schema: object } }
    ).json_schema;
    const fault = strict ? strictFault(schema as Schema, []) : null;
    if (fault)
      return refuse(400, {
        message: `Invalid schema for response_format '${name}': ${fault}`,
        param: "response_format",
      });
  }
  return parsed.data;
}

interface Schema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: unknown;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** The rules of strict structured output that a schema breaks most often; the real service refuses them alike. */
function strictFault(schema: Schema, path: readonly string[]): string | null {
  const at = `In context=(${path.map((step) => `'${step}'`).join(", ")})`;
  if (path.length === 0 && schema.type !== "object") return `${at}, schema must have type 'object'.`;
  if (schema.oneOf !== undefined) return `${at}, 'oneOf' is not permitted.`;
  const names = Object.keys(schema.properties ?? {});
  if (schema.type === "object" && schema.additionalProperties !== false)
    return `${at}, 'additionalProperties' is required to be supplied and to be false.`;
  const missing = names.find((name) => !schema.required?.includes(name));
  if (missing !== undefined)
    return `${at}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
  const inner: [string, Schema][] = [
    ...Object.entries(schema.properties ?? {}),
    ...Object.entries(schema.$defs ?? {}),
    ...(schema.anyOf ?? []).map((part, i): [string, Schema] => [String(i), part]),
    ...(schema.items ? [["items", schema.items] as [string, Schema]] : []),
  ];
  for (const [name, part] of inner) {
    const fault = strictFault(part, [...path, name]);
    if (fault) return fault;
  }
  return null;
}

/** What the script is looked up by. */
export interface Asked {
  readonly question: string;
  /** From 1: grows each time the model's answer was sent back to it. */
  readonly attempt: number;
}

/**
 * The question of a conversation: the `question` of the last user message that is a JSON object with one, else the
 * last user message. Whatever the assistant said behind it are attempts.
 */
export function questionOf(messages: readonly Message[]): Asked {
  const users = messages.map((message, at) => ({
    at,
    text: message.role === "user" ? textOf(message) : null,
  }));
  const wrapped = users.findLast(({ text }) => text !== null && wrappedQuestion(text) !== null);
  const asked = wrapped ?? users.findLast(({ text }) => text !== null);
  if (!asked?.text) return { question: "", attempt: 1 };
  const later = messages.slice(asked.at).filter(({ role }) => role === "assistant").length;
  return { question: wrappedQuestion(asked.text) ?? asked.text, attempt: later + 1 };
}

export function textOf({ content }: Message): string {
  if (typeof content === "string") return content;
  return (content ?? []).map(({ text = "" }) => text).join("\n");
}

function wrappedQuestion(text: string): string | null {
  try {
    const { question } = JSON.parse(text) as { question?: unknown };
    return typeof question === "string" ? question : null;
  } catch {
    return null;
  }
}
