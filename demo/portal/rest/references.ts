import { asText } from "../php.ts";

/** What earlier commands of a batch have answered, by kind and command key. */
export interface BatchState {
  result: Map<string, unknown>;
  error: Map<string, unknown>;
  total: Map<string, unknown>;
  next: Map<string, unknown>;
  time: Map<string, unknown>;
}

const REFERENCE = /\$(result|error|total|next|time)(\S*)/gi;

/**
 * Puts answers in the place of `$result[key][0][ID]`, in keys and in values.
 * A text that is nothing but a reference becomes the value itself, whatever it is.
 */
export function resolveReferences(value: unknown, state: BatchState): unknown {
  if (typeof value === "string") return resolveText(value, state);
  if (Array.isArray(value)) return value.map((member) => resolveReferences(member, state));
  if (typeof value !== "object" || value === null) return value;
  const resolved: Record<string, unknown> = Object.create(null);
  for (const [key, member] of Object.entries(value)) {
    resolved[asText(resolveText(key, state))] = resolveReferences(member, state);
  }
  return resolved;
}

function resolveText(text: string, state: BatchState): unknown {
  if (!text.includes("$")) return text;
  const matches = [...text.matchAll(REFERENCE)];
  const [first] = matches;
  if (!first) return text;
  if (first[0] === text) return lookUp(first, state);
  return text.replace(REFERENCE, (...found) => asText(lookUp(found as unknown as RegExpMatchArray, state)));
}

/** Follows the path as far as it goes: where a segment is missing, what was found so far is the answer. */
function lookUp(match: RegExpMatchArray, state: BatchState): unknown {
  const kind = (match[1] as string).toLowerCase() as keyof BatchState;
  const path = [...(match[2] as string).matchAll(/\[([^\]]*)\]/g)].map((segment) => segment[1] as string);
  const [key, ...rest] = path;
  if (key === undefined || !state[kind].has(key)) return Object.fromEntries(state[kind]);
  let node = state[kind].get(key);
  for (const segment of rest) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, segment)) break;
    node = (node as Record<string, unknown>)[segment];
  }
  return node;
}
