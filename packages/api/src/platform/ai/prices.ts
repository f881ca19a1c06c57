/** US dollars for a million tokens. */
interface Price {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** List prices; a model that is not here costs an unknown sum, never nothing. */
const PRICES: Readonly<Record<string, Price>> = {
  "gpt-4o-mini": { input: 0.15, cached: 0.075, output: 0.6 },
  "gpt-4o": { input: 2.5, cached: 1.25, output: 10 },
  "gpt-4.1": { input: 2, cached: 0.5, output: 8 },
  "gpt-4.1-mini": { input: 0.4, cached: 0.1, output: 1.6 },
  "gpt-4.1-nano": { input: 0.1, cached: 0.025, output: 0.4 },
};

export interface Tokens {
  readonly prompt: number;
  /** Of the prompt. */
  readonly cached: number;
  readonly completion: number;
}

export const NO_TOKENS: Tokens = { prompt: 0, cached: 0, completion: 0 };

export function addTokens(a: Tokens, b: Tokens): Tokens {
  return {
    prompt: a.prompt + b.prompt,
    cached: a.cached + b.cached,
    completion: a.completion + b.completion,
  };
}

/** What a call costs; null where the model's price is not known. Dated names cost what their family does. */
export function costOf(model: string, { prompt, cached, completion }: Tokens): number | null {
  const price = PRICES[model] ?? PRICES[model.replace(/-\d{4}-\d{2}-\d{2}$/, "")];
  if (!price) return null;
  return ((prompt - cached) * price.input + cached * price.cached + completion * price.output) / 1_000_000;
}
